import { invalid } from '../options/validation.js'
import type { ServiceEndpoint } from './endpoints.js'
import type { RemoteFile } from './objects.js'
import { checkAssetPath, checkSegment } from './paths.js'

const MATERIAL = {
  method: 'GET',
  route: '/teachers/{teacher_id}/materials/{path}',
  circuit: 'storage',
  answer: 'file',
} as const satisfies ServiceEndpoint

const WORD_AUDIO = {
  method: 'GET',
  route: '/books/{book_id}/ai-data/audio/vocabulary/{lang}/{word_id}.mp3',
  circuit: 'storage',
  answer: 'file',
} as const satisfies ServiceEndpoint

// What the service accepts, whose \w has all letters.
const WORD_ID = /^[\p{L}\p{M}\p{N}_-]+$/u
const LANGUAGE = /^[a-z]{2}$/

/** @returns a file of a teacher @throws {@link DreamStorageInputError} for ids and paths that no file can have */
export function checkMaterial(teacherId: string, path: string): RemoteFile {
  checkAssetPath(path, 'path')
  return {
    endpoint: MATERIAL,
    params: { path: { teacher_id: checkSegment('teacherId', teacherId), path } },
    fileName: path.slice(path.lastIndexOf('/') + 1),
  }
}

/** @returns the audio of a word @throws {@link DreamStorageInputError} for a language and an id that no word can have */
export function checkWordAudio(bookId: number, lang: string, wordId: string | number): RemoteFile {
  if (!LANGUAGE.test(lang)) throw invalid('lang', 'a code of two small letters', lang)
  const id = typeof wordId === 'number' ? String(wordId) : wordId
  if (typeof id !== 'string' || !WORD_ID.test(id)) {
    throw invalid('wordId', 'an id of letters, digits, _ and -', wordId)
  }
  return {
    endpoint: WORD_AUDIO,
    params: { path: { book_id: bookId, lang, word_id: id } },
    fileName: `${id}.mp3`,
  }
}
