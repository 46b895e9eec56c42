import type { BookConfig } from '../../generated/dream-central-storage.js'
import { type Content, patternContent } from './bucket.js'
import type { MockBook } from './controls.js'

const MEGABYTE = 1_048_576

// The smallest valid picture: one white pixel.
const PIXEL = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
)

/**
 * The books of a new mock service: ordinary ones, and ones with names and contents that are hard to handle.
 */
export function fixtures(): MockBook[] {
  return [...ordinary(), ...awkwardNames(), ...awkwardContents()]
}

function ordinary(): MockBook[] {
  return [
    course('Universal ELT', 'BRAINS', 'en', ['Unit 1', 'Unit 2', 'Unit 3']),
    course('Universal ELT', 'Countdown to Grade 5', 'en', ['Unit 1', 'Unit 2']),
    { publisher: 'Universal ELT', book_name: 'Smart Steps', language: 'en', status: 'draft' },
    { ...course('Universal ELT', 'Old Friends', 'en', ['Unit 1']), status: 'archived' },
    course('Yeşil Elma Yayınları', 'Kelime Avı', 'tr', ['Ünite 1', 'Ünite 2']),
    course('Gökkuşağı Çocuk', 'Küçük Kâşifler – İlk Adım', 'tr', ['Işık ve Gölge', 'Doğa']),
  ]
}

function awkwardNames(): MockBook[] {
  return [
    course("O'Reilly & Söhne", "Teacher's Guide: A & B", 'de', ['Woche 1']),
    course('Bright Future', 'C# + Math 100%', 'en', ['Week 1']),
    {
      publisher: 'Bright Future',
      book_name: 'Odds and Ends',
      language: 'en',
      category: null,
      config: ['a config.json', 'can be', 'an array'],
      files: {
        'notes/empty.txt': '',
        'images/a..b.png': PIXEL,
        'images/.hidden': 'dots are part of a name',
        'reading/café résumé ü ç.pdf': patternContent(40_961),
        'dinleme ığüşöç/1.mp3': patternContent(8_192),
        // The file name has letters outside Latin-1: the service cannot send this file.
        'dinleme ığüşöç/şarkı.mp3': patternContent(8_192),
      },
    },
  ]
}

function awkwardContents(): MockBook[] {
  return [
    {
      publisher: 'Dream Press',
      book_name: 'Broken Config',
      files: { 'config.json': '{"book_title": "Broken Config", ', 'audio/1.mp3': patternContent(4_096) },
    },
    { publisher: 'Dream Press', book_name: 'No Config', files: { 'audio/1.mp3': patternContent(4_096) } },
    {
      ...course('Dream Press', 'Video Lessons', 'en', ['Lesson 1']),
      files: {
        ...mediaOf(['Lesson 1']),
        'video/lesson 1.mp4': patternContent(24 * MEGABYTE),
      },
    },
  ]
}

function course(publisher: string, title: string, language: string, units: readonly string[]): MockBook {
  return {
    publisher,
    book_name: title,
    language,
    category: 'course',
    config: configOf(publisher, title, language, units),
    files: mediaOf(units),
  }
}

function mediaOf(units: readonly string[]): Record<string, Content | Uint8Array> {
  const media = units.flatMap((unit, index) => [
    [`images/${unit}/page.png`, PIXEL] as const,
    [`audio/${index + 1}.mp3`, patternContent(48_213 + index)] as const,
  ])
  return { 'images/cover.png': PIXEL, ...Object.fromEntries<Content | Uint8Array>(media) }
}

function configOf(publisher: string, title: string, language: string, units: readonly string[]): BookConfig {
  return {
    book_title: title,
    publisher_name: publisher,
    language,
    version: '1.0.0',
    book_cover: 'images/cover.png',
    books: [{ type: 'student', modules: units.map(moduleOf) }],
  }
}

function moduleOf(unit: string, index: number): BookConfig {
  const kinds = ['circle', 'matchTheWords', 'dragdroppicture']
  return {
    name: unit,
    pages: [
      {
        page_number: index + 1,
        image_path: `images/${unit}/page.png`,
        sections: [
          { type: 'audio', title: unit, audio_path: `audio/${index + 1}.mp3` },
          {
            type: 'activity',
            activity: { type: kinds[index % kinds.length], headerText: unit, answers: ['a', 'b', 'c'] },
          },
        ],
      },
    ],
  }
}
