// Generated from the contract by `npm run generate`: change openapi/, not this file.

/** What the service is */
export interface Health {
    /** Always `ok` */
    readonly status: string;
    /** The name of the service */
    readonly service: string;
    /** The same in 2025 and 2026: it does not tell them apart */
    readonly version: string;
}
/** One fault of a request */
export interface ValidationIssue {
    /** The kind of fault */
    readonly type: string;
    /** Where in the request, such as `["body", "email"]` or `["body", "ids", 0]` */
    readonly loc: (string | number)[];
    /** The fault in words */
    readonly msg: string;
    /** What was rejected; can be the whole body, password included */
    readonly input?: unknown;
    /** The limit that was broken, such as `{"max_length":255}` or `{"ge":1}` */
    readonly ctx?: {
        readonly [key: string]: unknown;
    };
}
/** Every error that the service itself makes */
export interface ErrorResponse {
    /** A text; a list for 422, an object for some 409 */
    readonly detail: string | ValidationIssue[] | {
        readonly [key: string]: unknown;
    };
}
/** A login */
export interface LoginRequest {
    /** Upper and lower case do not matter */
    email: string;
    /** Taken as it is, blanks included */
    password: string;
}
/** The response to a login */
export interface TokenResponse {
    /** A JWT with `sub`, `iat` and `exp`; two logins in one second give the same */
    readonly access_token: string;
    /** Always `bearer` */
    readonly token_type: string;
}
/** What was wrong with a request (422) */
export interface ValidationErrorResponse {
    /** One entry for each fault, in the order of the fields; in one case of 2025 a text */
    readonly detail: ValidationIssue[] | string;
}
/** The user of a token */
export interface Session {
    /** The id of the user */
    readonly user_id: number;
    /** In lower case */
    readonly email: string;
    /** Always `bearer` */
    readonly token_type: string;
}
/**
 * A book of the catalogue. Only `id` and `book_name` are always there: each version of the service leaves
 * out some of the other fields, and most of them can be null.
 */
export interface Book {
    /** The id of the book */
    readonly id: number;
    /** The name of the book, a part of its storage paths */
    readonly book_name: string;
    /** The name of the publisher, a part of the book's storage paths */
    readonly publisher?: string | null;
    /** A code such as `en` */
    readonly language?: string | null;
    /** Such as `primary` */
    readonly category?: string | null;
    /** The current version of the content, null for a draft. 2025 only. */
    readonly version?: string | null;
    /**
     * `draft`, `published` or `archived`
     */
    readonly status?: "draft" | "published" | "archived" | null;
    /**
     * When the book was added, such as `2026-11-24T23:26:54.977731Z`
     */
    readonly created_at?: string | null;
    /**
     * When its metadata were last changed, such as `2026-11-24T23:26:54.977731Z`
     */
    readonly updated_at?: string | null;
    /** The id of the publisher. Since 2026. */
    readonly publisher_id?: number | null;
    /** The title for readers. Since 2026. */
    readonly book_title?: string | null;
    /** The file name of the cover below `images/`. Since 2026. */
    readonly book_cover?: string | null;
    /** How many activities the book has. Since 2026. */
    readonly activity_count?: number | null;
    /** Mostly counts by kind of activity, but any JSON object can come. Since 2026. */
    readonly activity_details?: {
        readonly [key: string]: unknown;
    } | null;
    /**
     * Bytes of its content, as it was told or counted at the upload. Since 2026.
     */
    readonly total_size?: number | null;
}
/** A book to be added; 2025 requires `language` and `category` too */
export interface BookCreate {
    /**
     * The name of the publisher, which is created if it does not exist
     *
     * A fault of the service: Without it, 2026 answers 500
     */
    publisher: string;
    /** The name of the book, a part of its storage paths */
    book_name: string;
    /**
     * A code such as `en`; required in 2025
     * @default en
     */
    language?: string;
    /** Such as `primary`; in 2025 required, and not null */
    category?: string | null;
    /** The version of the content. 2025 only. */
    version?: string | null;
    /**
     * `draft`, `published` or `archived`
     * @default draft
     */
    status?: "draft" | "published" | "archived";
    /** The title for readers. Since 2026. */
    book_title?: string | null;
    /** The file name of the cover below `images/`. Since 2026. */
    book_cover?: string | null;
    /** How many activities it has. Since 2026. */
    activity_count?: number | null;
    /** Any JSON object; it is returned as it was sent. Since 2026. */
    activity_details?: {
        readonly [key: string]: unknown;
    } | null;
    /**
     * Bytes. Since 2026.
     */
    total_size?: number | null;
    /**
     * Ignored, `publisher` decides. Since 2026.
     *
     * A fault of the service: It is accepted and ignored
     */
    publisher_id?: number | null;
}
/** Which books are read */
export interface BookBatchRequest {
    /** At most 100 ids */
    ids: number[];
}
/** A ZIP as a form */
export interface ArchiveUpload {
    /** The ZIP. Its file name is sent along, and it names the book in 2026. */
    file: Blob;
}
/** A file that an upload has stored */
export interface StoredFile {
    /** The full storage key */
    readonly path: string;
    /** Bytes */
    readonly size: number;
}
/** The response to the upload of a new book */
export interface BookUploadResult {
    /** The new book; its timestamps end in `+00:00` */
    readonly book: Book;
    /** The version of the content. 2025 only. */
    readonly version?: string;
    /** What was stored */
    readonly files: StoredFile[];
}
/** What exists already */
export interface ConflictDetail {
    /** The conflict in words */
    readonly message: string;
    /**
     * The kind of conflict
     */
    readonly code: "VERSION_EXISTS" | "BOOK_EXISTS";
    /** The version that exists; with `VERSION_EXISTS` */
    readonly version?: string;
    /** The publisher of the book that exists; with `BOOK_EXISTS` */
    readonly publisher?: string;
    /** The name of the book that exists; with `BOOK_EXISTS` */
    readonly book_name?: string;
}
/** The answer to the upload of something that exists (409) */
export interface UploadConflict {
    /** A text for a known book in 2025, else an object */
    readonly detail: string | ConflictDetail;
}
/** Several ZIPs as a form */
export interface BulkUploadRequest {
    /** 1 to 50 ZIPs with their file names, which name the books */
    files: Blob[];
}
/** What became of one file */
export interface BulkUploadItem {
    /** The name of the file */
    readonly filename: string | null;
    /** Whether the book was stored */
    readonly success: boolean;
    /** The id of the book, null after a failure */
    readonly book_id: number | null;
    /** The name of the book */
    readonly book_name: string | null;
    /** The name of its publisher */
    readonly publisher: string | null;
    /** Why it failed, such as `File must be a ZIP archive` */
    readonly error: string | null;
}
/** The response to the upload of several books */
export interface BulkUploadResult {
    /** How many files were sent */
    readonly total: number;
    /** How many books were stored */
    readonly successful: number;
    /** How many were not */
    readonly failed: number;
    /** One entry for each file */
    readonly results: BulkUploadItem[];
}
/** What is changed of a book; fields that are left out stay as they are */
export interface BookUpdate {
    /**
     * The name of another publisher, which is created if it does not exist
     *
     * A fault of the service: Null is answered 500
     */
    publisher?: string;
    /**
     * Another name; the files do not move with it
     *
     * A fault of the service: Null is answered 500
     */
    book_name?: string;
    /**
     * A code such as `en`
     *
     * A fault of the service: Null is answered 500
     */
    language?: string;
    /** Such as `primary`; 2025 answers null with 500 */
    category?: string | null;
    /** The version of the content. 2025 only. */
    version?: string | null;
    /**
     * `draft`, `published` or `archived`
     *
     * A fault of the service: Null is answered 500
     */
    status?: "draft" | "published" | "archived";
    /**
     * Another publisher, to which the book moves. Since 2026.
     *
     * A fault of the service: An unknown one is answered 500
     */
    publisher_id?: number | null;
    /** The title for readers. Since 2026. */
    book_title?: string | null;
    /** The file name of the cover below `images/`. Since 2026. */
    book_cover?: string | null;
    /** How many activities it has. Since 2026. */
    activity_count?: number | null;
    /** Any JSON object; it is returned as it was sent. Since 2026. */
    activity_details?: {
        readonly [key: string]: unknown;
    } | null;
    /**
     * Bytes. Since 2026.
     */
    total_size?: number | null;
}
/** The response to the upload of a book's content */
export interface ContentUploadResult {
    /** The id of the book */
    readonly book_id: number;
    /** The version of the content. 2025 only. */
    readonly version?: string;
    /** What was stored; nothing for an empty ZIP (2026) */
    readonly files: StoredFile[];
}
/** A file or a folder of a listing */
export interface StorageNode {
    /** The full storage key; that of a folder ends in `/` */
    readonly path: string;
    /**
     * `folder` or `file`
     */
    readonly type: "folder" | "file";
    /** Bytes; files only */
    readonly size?: number | null;
    /** What the folder holds; empty for a file */
    readonly children: StorageNode[];
}
/** A listing of a book */
export type BookContents = StorageNode | string[];
/** The content of a book's config.json; mostly an object, but any JSON value can come */
export type BookConfig = {
    readonly [key: string]: unknown;
} | unknown[] | string | number | boolean | null;
/** A URL that needs no login */
export interface PresignedUrl {
    /**
     * The URL; whoever has it can read the file, so it does not belong into a log
     */
    readonly url: string;
    /** How long it is valid, in seconds */
    readonly expires_in: number;
}
/**
 * What an entry was
 */
export type TrashItemType = "book" | "app" | "unknown";
/** A book or an application in the trash */
export interface TrashEntry {
    /**
     * Names the entry when it is restored or deleted. Books: `books/P/B/` in 2025,
     * `publishers/P/books/B/` since 2026; applications: `apps/linux/2.0.0/`.
     */
    readonly key: string;
    /** Where it came from: `books` (2025), `publishers` (2026) or `apps` */
    readonly bucket: string;
    /** The key without the bucket and without the last slash */
    readonly path: string;
    readonly item_type: TrashItemType;
    /** How many files it has; in 2025 those of all versions */
    readonly object_count: number;
    /** Bytes of all its files */
    readonly total_size: number;
    /** `publisher` and `book_name` of a book, `platform` and `version` of an application */
    readonly metadata: {
        readonly [key: string]: string;
    } | null;
    /**
     * When the last of its files was changed, in whole seconds
     */
    readonly youngest_last_modified: string | null;
    /**
     * From when on it can be deleted without `force`, 7 days later
     */
    readonly eligible_at: string | null;
    /** Whether it can be deleted without `force` now */
    readonly eligible_for_deletion: boolean;
}
/** Which entry is deleted permanently */
export interface TrashPurgeRequest {
    /** The key of the entry */
    key: string;
    /**
     * Delete it although it is in the trash for less than 7 days
     * @default false
     */
    force?: boolean;
    /** Why; 2025 requires a text that is not blank together with `force` */
    override_reason?: string | null;
}
/** What was deleted permanently */
export interface TrashPurgeResult {
    /** The key of the entry */
    readonly deleted_key: string;
    /** How many files were deleted */
    readonly objects_removed: number;
    readonly item_type: TrashItemType;
}
/** Which entry is moved back */
export interface TrashRestoreRequest {
    /** The key of the entry */
    key: string;
}
/** What was moved back */
export interface TrashRestoreResult {
    /** The key that the entry had */
    readonly restored_key: string;
    /** How many files were moved */
    readonly objects_moved: number;
    readonly item_type: TrashItemType;
    /** The restored book, null for an application */
    readonly book: Book | null;
}
/** The response to the upload of an application */
export interface AppUploadResult {
    /** The platform in lower case */
    readonly platform: string;
    /** The version that the archive names */
    readonly version: string;
    /** What was stored */
    readonly files: StoredFile[];
}
/** Which files of an application are moved to the trash */
export interface AppDeleteRequest {
    /** The platform, and at least one folder below it */
    path: string;
}
/** An API key without its secret */
export interface ApiKey {
    /** The id of the key */
    readonly id: number;
    /** The first 16 characters of the key and `...` */
    readonly key_prefix: string;
    /** The name that it was given */
    readonly name: string;
    /** When it was created */
    readonly created_at: string;
    /**
     * When it was last used, null if never
     */
    readonly last_used_at: string | null;
    /**
     * From when on it is refused, null for never
     */
    readonly expires_at: string | null;
    /** False for a revoked key */
    readonly is_active: boolean;
    /**
     * Requests a minute
     *
     * A fault of the service: It is stored and never enforced
     */
    readonly rate_limit: number;
}
/** All API keys */
export interface ApiKeyList {
    /** The keys, revoked ones included */
    readonly api_keys: ApiKey[];
}
/** A key to be created */
export interface ApiKeyCreate {
    /**
     * Any text that is not blank; its first word becomes a part of the key
     *
     * A fault of the service: A first word with letters outside ASCII gives a key that cannot travel in a header
     */
    name: string;
    /** A note; no operation returns it */
    description?: string | null;
    /**
     * From when on it is refused, null for never
     */
    expires_at?: string | null;
    /**
     * Requests a minute
     * @default 100
     */
    rate_limit?: number;
}
/** A new key with its secret */
export interface ApiKeyCreated {
    /** The id of the key */
    readonly id: number;
    /**
     * The secret, `dcs_prod_<first word of the name, in lower case>_<24 URL-safe characters>`; `dev` and
     * `test` instead of `prod` on other installations
     */
    readonly key: string;
    /** The name that it was given */
    readonly name: string;
    /** When it was created */
    readonly created_at: string;
    /**
     * From when on it is refused, in whole seconds; null for never
     */
    readonly expires_at: string | null;
    /** Always true */
    readonly is_active: boolean;
}
/** The response to revoking a key */
export interface ApiKeyRevoked {
    /** Always `revoked` */
    readonly status: string;
    /** The id of the key */
    readonly id: number;
}
/** Which books are asked for */
export interface AiSummaryRequest {
    /** The ids of the books */
    book_ids: number[];
}
/** What AI has derived from a book, in short. Without AI data only the first two fields are present. */
export interface AiSummary {
    /** The id of the book, as it was asked for */
    readonly book_id: number;
    /** As in `AiMetadata`, or `not_found` for a book that is unknown or has not been processed */
    readonly processing_status: string;
    /** How many modules were found */
    readonly total_modules?: number;
    /** How many words were found */
    readonly total_vocabulary?: number;
    /** How many audio files were made */
    readonly total_audio_files?: number;
    /** The main language of the book */
    readonly primary_language?: string | null;
}
/** How many files of a book's AI data were deleted */
export interface AiDataDeletion {
    /** All files */
    readonly total_deleted: number;
    /** Texts of pages */
    readonly text_deleted: number;
    /** Modules, their metadata file included */
    readonly modules_deleted: number;
    /** Audio files */
    readonly audio_deleted: number;
    /** Vocabulary files */
    readonly vocabulary_deleted: number;
    /** Metadata files */
    readonly metadata_deleted: number;
    /** What could not be deleted */
    readonly errors: string[];
}
/** One stage of the processing */
export interface AiStage {
    /** As stored: `pending`, `running`, `completed`, `failed` or `skipped` */
    readonly status: string;
    /** When it ended, as stored: ISO 8601, with `+00:00` */
    readonly completed_at: string | null;
    /** Why it failed; an empty text is answered as null */
    readonly error_message: string | null;
}
/** What AI has derived from a book. Every field is always present. */
export interface AiMetadata {
    /** The id of the book as the stored file has it; a string */
    readonly book_id: string;
    /** As stored: `pending`, `processing`, `completed`, `partial` or `failed` */
    readonly processing_status: string;
    /** When it started, as stored: ISO 8601, with `+00:00` */
    readonly processing_started_at: string | null;
    /** When it ended, as stored: ISO 8601, with `+00:00` */
    readonly processing_completed_at: string | null;
    /** How many pages were read */
    readonly total_pages: number;
    /** How many modules were found */
    readonly total_modules: number;
    /** How many words were found */
    readonly total_vocabulary: number;
    /** How many audio files were made */
    readonly total_audio_files: number;
    /** The languages of the book */
    readonly languages: string[];
    /** Its main language; can be empty */
    readonly primary_language: string;
    /** Its levels of the CEFR, such as `A1` */
    readonly difficulty_range: string[];
    /**
     * The stages by name: `text_extraction`, `segmentation`, `topic_analysis`, `vocabulary`,
     * `audio_generation`, `unified_analysis`, `chunked_analysis`. The three after the first are left out
     * once a unified or chunked analysis is completed.
     */
    readonly stages: {
        readonly [key: string]: AiStage;
    };
    /** What went wrong, as stored: mostly `stage`, `error` and `timestamp` */
    readonly errors: {
        readonly [key: string]: unknown;
    }[];
}
/** A module in short */
export interface AiModuleSummary {
    /** Number of the module */
    readonly module_id: number;
    /** Its title */
    readonly title: string;
    /** The pages that it covers */
    readonly pages: number[];
    /** How many words its text has */
    readonly word_count: number;
}
/** The modules of a book */
export interface AiModuleList {
    /** The id of the book as a string */
    readonly book_id: string;
    /** How many there are */
    readonly total_modules: number;
    /** Sorted by `module_id` */
    readonly modules: AiModuleSummary[];
}
/** A module with its topics and summary */
export interface AiModuleMetadata {
    /** Number of the module */
    readonly module_id: number;
    /** Its title */
    readonly title: string;
    /** Its first page */
    readonly start_page: number;
    /** Its last page */
    readonly end_page: number;
    /** How many pages it has */
    readonly page_count: number;
    /** How many words its text has */
    readonly word_count: number;
    /** What it is about */
    readonly topics: string[];
    /** Its level of the CEFR; can be empty */
    readonly difficulty_level: string;
    /** A summary; can be empty */
    readonly summary: string;
    /** How many words of the vocabulary it has */
    readonly vocabulary_count: number;
}
/** The modules of a book with topics and summaries */
export interface AiModulesMetadata {
    /** The id of the book as a string */
    readonly book_id: string;
    /** The name of the publisher, despite the field name */
    readonly publisher_id: string;
    /** The `book_name` of the book */
    readonly book_name: string;
    /** How many pages the book has */
    readonly total_pages: number;
    /** How many modules there are */
    readonly module_count: number;
    /** How the modules were found; can be empty */
    readonly method: string;
    /** Main language of the book; can be empty */
    readonly primary_language: string;
    /** Its levels of the CEFR, such as `A1` */
    readonly difficulty_range: string[];
    /** The modules */
    readonly modules: AiModuleMetadata[];
}
/** A module with its text */
export interface AiModule {
    /** Number of the module */
    readonly module_id: number;
    /** Its title */
    readonly title: string;
    /** The pages that it covers */
    readonly pages: number[];
    /** Its text; can be empty */
    readonly text: string;
    /** What it is about */
    readonly topics: string[];
    /** The grammar that it teaches */
    readonly grammar_points: string[];
    /** The ids of its words; in some books the words themselves */
    readonly vocabulary_ids: string[];
    /** Its language; can be empty */
    readonly language: string;
    /** A summary; can be empty */
    readonly summary: string;
    /** Its level of the CEFR; can be empty */
    readonly difficulty: string;
    /** How many words its text has */
    readonly word_count: number;
    /** When it was derived, as stored: ISO 8601 */
    readonly extracted_at: string | null;
}
/** The audio files of a word */
export interface AiWordAudio {
    /** The word, spoken */
    readonly word: string | null;
    /** The translation, spoken */
    readonly translation: string | null;
}
/** A word of a book. Every field is always present; texts can be empty. */
export interface AiWord {
    /** Id of the word, such as `word_12`; it names the audio */
    readonly id: string;
    /** The word */
    readonly word: string;
    /** Its translation */
    readonly translation: string;
    /** What it means */
    readonly definition: string;
    /** Its part of speech, such as `noun` */
    readonly part_of_speech: string;
    /** Its level of the CEFR, such as `A1` */
    readonly level: string;
    /** A sentence with the word */
    readonly example: string;
    /** Number of its module */
    readonly module_id: number | null;
    /** Title of its module */
    readonly module_title: string | null;
    /** The page where it stands */
    readonly page: number | null;
    /** Its audio files; null if there are none */
    readonly audio: AiWordAudio | null;
}
/** The words of a book */
export interface AiVocabulary {
    /** The id of the book as a string */
    readonly book_id: string;
    /** Language of the words; can be empty */
    readonly language: string;
    /** Language of the translations; can be empty */
    readonly translation_language: string;
    /** How many words there are */
    readonly total_words: number;
    /** The words */
    readonly words: AiWord[];
    /** When they were derived, as stored: ISO 8601 */
    readonly extracted_at: string | null;
}
/** A generated content in a list: its manifest and its id */
export interface AiContentSummary {
    /** Kind of activity, chosen by the caller */
    readonly activity_type: string;
    /** Title of the activity */
    readonly title: string;
    /** How many items it has */
    readonly item_count: number;
    /** Whether audio files belong to it */
    readonly has_audio: boolean;
    /** Whether it has a text to read */
    readonly has_passage: boolean;
    /** Level, chosen by the caller */
    readonly difficulty: string | null;
    /** Language of the content */
    readonly language: string;
    /** Who has generated it */
    readonly created_by: string | null;
    /**
     * When it was generated, as the caller has sent it
     */
    readonly created_at: string | null;
    /** UUID, given by the service */
    readonly content_id: string;
}
/** What a generated content is */
export interface AiContentManifestInput {
    /** Kind of activity, chosen by the caller */
    activity_type: string;
    /** Title of the activity */
    title: string;
    /** How many items it has */
    item_count: number;
    /**
     * Whether audio files belong to it
     * @default false
     */
    has_audio?: boolean;
    /**
     * Whether it has a text to read
     * @default false
     */
    has_passage?: boolean;
    /** Level, chosen by the caller */
    difficulty?: string | null;
    /**
     * Language of the content
     * @default en
     */
    language?: string;
    /** Who has generated it */
    created_by?: string | null;
    /**
     * When it was generated, as the caller has sent it
     */
    created_at?: string | null;
}
/** A new generated content */
export interface AiContentInput {
    /** What the content is */
    manifest: AiContentManifestInput;
    /** The content itself: any JSON object */
    content: {
        readonly [key: string]: unknown;
    };
}
/** Where a content is stored */
export interface AiContentCreated {
    /** UUID, given by the service */
    readonly content_id: string;
    /** The storage key of its folder */
    readonly storage_path: string;
}
/** What a generated content is. Every field is always present. */
export interface AiContentManifest {
    /** Kind of activity, chosen by the caller */
    readonly activity_type: string;
    /** Title of the activity */
    readonly title: string;
    /** How many items it has */
    readonly item_count: number;
    /** Whether audio files belong to it */
    readonly has_audio: boolean;
    /** Whether it has a text to read */
    readonly has_passage: boolean;
    /** Level, chosen by the caller */
    readonly difficulty: string | null;
    /** Language of the content */
    readonly language: string;
    /** Who has generated it */
    readonly created_by: string | null;
    /**
     * When it was generated, as the caller has sent it
     */
    readonly created_at: string | null;
}
/** A generated content with its manifest */
export interface AiContent {
    /** UUID, given by the service */
    readonly content_id: string;
    /** What the content is */
    readonly manifest: AiContentManifest;
    /** The content as it was sent */
    readonly content: {
        readonly [key: string]: unknown;
    };
}
/** What a deletion has deleted */
export interface AiContentDeletion {
    /** The id of the content */
    readonly content_id: string;
    /** How many files were deleted */
    readonly objects_removed: number;
}
/** A stored audio file */
export interface AiAudioFile {
    /** Its file name */
    readonly filename: string;
    /** Its storage key */
    readonly storage_path: string;
    /**
     * Bytes
     */
    readonly size: number;
}
/** The result of an upload of several audio files */
export interface AiAudioBatch {
    /** What was stored */
    readonly uploaded: AiAudioFile[];
    /** The names of the files that were not stored */
    readonly failed: string[];
}
/**
 * What a job does. `bundle` jobs are made by `/standalone-apps/bundle/async`.
 */
export type ProcessingJobType = "full" | "text_only" | "llm_only" | "audio_only" | "material_full" | "material_text_only" | "material_llm_only" | "bundle" | "unified" | "analysis_only" | "vocabulary_only";
/**
 * The priority of a job
 */
export type ProcessingPriority = "high" | "normal" | "low";
/** What is to be done. `{}` is enough. */
export interface ProcessingRequest {
    /**
     * What is to be done
     * @default unified
     */
    job_type?: ProcessingJobType;
    /**
     * `high` is for users only
     * @default normal
     */
    priority?: ProcessingPriority;
    /**
     * Neither limited nor counted; for users only
     * @default false
     */
    admin_override?: boolean;
}
/**
 * The state of a job
 */
export type ProcessingState = "queued" | "processing" | "completed" | "failed" | "partial" | "cancelled";
/** A job that was queued */
export interface ProcessingJob {
    /** Id of the job */
    readonly job_id: string;
    /** The id of the book as a string */
    readonly book_id: string;
    /** The id of the publisher as a string */
    readonly publisher_id: string;
    /** What the job does */
    readonly job_type: ProcessingJobType;
    /** State of the job */
    readonly status: ProcessingState;
    /** Priority of the job */
    readonly priority: ProcessingPriority;
    /** Per cent */
    readonly progress: number;
    /** What is being done, in words; can be empty */
    readonly current_step: string;
    /** Why it failed */
    readonly error_message: string | null;
    /** How often it was tried again */
    readonly retry_count: number;
    /** When it was queued */
    readonly created_at: string;
    /**
     * When it started
     */
    readonly started_at: string | null;
    /**
     * When it ended
     */
    readonly completed_at: string | null;
}
/** Progress of a job */
export interface ProcessingJobStatus {
    /** Id of the job */
    readonly job_id: string;
    /** The id of the book as a string */
    readonly book_id: string;
    /** State of the job */
    readonly status: ProcessingState;
    /** Per cent */
    readonly progress: number;
    /** What is being done, in words; can be empty */
    readonly current_step: string;
    /** Why it failed */
    readonly error_message: string | null;
    /** When it was queued */
    readonly created_at: string;
    /**
     * When it started
     */
    readonly started_at: string | null;
    /**
     * When it ended
     */
    readonly completed_at: string | null;
}
/** A book with the state of its processing */
export interface ProcessingBook {
    /** The id of the book; here an integer */
    readonly book_id: number;
    /** The `book_name` of the book */
    readonly book_name: string;
    /** The title of the book */
    readonly book_title: string;
    /** The id of the publisher; here an integer */
    readonly publisher_id: number;
    /** The name of the publisher */
    readonly publisher_name: string;
    /**
     * State of its last job; `not_started` without job and AI data
     */
    readonly processing_status: "not_started" | "queued" | "processing" | "completed" | "failed" | "partial" | "cancelled";
    /** Per cent */
    readonly progress: number;
    /** What is being done, in words, such as `Downloaded 1/2 assets` */
    readonly current_step: string | null;
    /** Why the last job failed */
    readonly error_message: string | null;
    /** Id of the last job; null without a job */
    readonly job_id: string | null;
    /** When it was last processed: ISO 8601, with `+00:00` */
    readonly last_processed_at: string | null;
}
/** A page of books with the state of their processing */
export interface ProcessingBookList {
    /** The books of this page */
    readonly books: ProcessingBook[];
    /** How many books there are on all pages */
    readonly total: number;
    /** Number of this page */
    readonly page: number;
    /** How many books a page has */
    readonly page_size: number;
}
/** A job that waits or runs */
export interface ProcessingQueueItem {
    /** Id of the job */
    readonly job_id: string;
    /** The id of the book; here an integer */
    readonly book_id: number;
    /** The `book_name` of the book */
    readonly book_name: string;
    /** The title of the book */
    readonly book_title: string;
    /** The name of the publisher */
    readonly publisher_name: string;
    /**
     * Whether it waits or runs
     */
    readonly status: "queued" | "processing";
    /** Per cent */
    readonly progress: number;
    /** What is being done, in words; can be empty */
    readonly current_step: string;
    /** Place in the queue */
    readonly position: number;
    /** When it was queued: ISO 8601, with `+00:00` */
    readonly created_at: string;
    /** When it started: ISO 8601, with `+00:00` */
    readonly started_at: string | null;
}
/** The jobs that wait or run */
export interface ProcessingQueue {
    /** The jobs in their order */
    readonly queue: ProcessingQueueItem[];
    /** How many wait */
    readonly total_queued: number;
    /** How many run */
    readonly total_processing: number;
}
/** A failed job was deleted */
export interface ProcessingErrorCleared {
    /** `Processing error cleared successfully` */
    readonly message: string;
}
/** Which books are to be processed again */
export interface BulkReprocessRequest {
    /** The ids of the books */
    book_ids: number[];
    /**
     * One of `ProcessingJobType`; an unknown one becomes `unified`
     * @default unified
     */
    job_type?: string | null;
    /**
     * `high`, `normal` or `low`; an unknown one becomes `normal`
     * @default normal
     */
    priority?: string | null;
}
/** What was queued */
export interface BulkReprocessResult {
    /** How many books were queued */
    readonly triggered: number;
    /** How many were not */
    readonly skipped: number;
    /** Why, in words */
    readonly errors: string[];
    /** The ids of the new jobs */
    readonly job_ids: string[];
}
/** The settings of the processing */
export interface ProcessingSettings {
    /** Whether a book is processed when it is uploaded */
    readonly ai_auto_process_on_upload: boolean;
    /** Whether books that have AI data are left out then */
    readonly ai_auto_process_skip_existing: boolean;
    /** The language model that is used */
    readonly llm_primary_provider: string;
    /** The language model that is used if the first fails */
    readonly llm_fallback_provider: string;
    /** The speech service that is used */
    readonly tts_primary_provider: string;
    /** The speech service that is used if the first fails */
    readonly tts_fallback_provider: string;
    /** How many jobs run at the same time */
    readonly queue_max_concurrency: number;
    /** How many words of a module are taken at most */
    readonly vocabulary_max_words_per_module: number;
    /** Languages of generated audio, separated by commas */
    readonly audio_generation_languages: string;
    /** How many audio files are made at the same time */
    readonly audio_generation_concurrency: number;
}
/** What is to be changed. Fields that are left out stay as they are. */
export interface ProcessingSettingsUpdate {
    /** Whether a book is processed when it is uploaded */
    ai_auto_process_on_upload?: boolean | null;
    /** Whether books that have AI data are left out then */
    ai_auto_process_skip_existing?: boolean | null;
    /** The language model that is used */
    llm_primary_provider?: string | null;
    /** The language model that is used if the first fails */
    llm_fallback_provider?: string | null;
    /** The speech service that is used */
    tts_primary_provider?: string | null;
    /** The speech service that is used if the first fails */
    tts_fallback_provider?: string | null;
    /** How many jobs run at the same time */
    queue_max_concurrency?: number | null;
    /** How many words of a module are taken at most */
    vocabulary_max_words_per_module?: number | null;
    /** Languages of generated audio, separated by commas */
    audio_generation_languages?: string | null;
    /** How many audio files are made at the same time */
    audio_generation_concurrency?: number | null;
}
/** The settings of the processing for one publisher */
export interface PublisherProcessingSettings {
    /** The id of the publisher */
    readonly publisher_id: number;
    /** The name of the publisher */
    readonly publisher_name: string;
    /** Whether books of this publisher are processed when they are uploaded; null: not set */
    readonly ai_auto_process_enabled: boolean | null;
    /** `high`, `normal` or `low`; null: not set */
    readonly ai_processing_priority: string | null;
    /** Languages of generated audio, separated by commas; null: not set */
    readonly ai_audio_languages: string | null;
}
/** The new settings. A field that is left out becomes null. */
export interface PublisherProcessingSettingsInput {
    /** Whether books of this publisher are processed when they are uploaded; null: not set */
    ai_auto_process_enabled?: boolean | null;
    /** `high`, `normal` or `low`; anything else is 400. null: not set */
    ai_processing_priority?: string | null;
    /** Languages of generated audio, separated by commas; null: not set */
    ai_audio_languages?: string | null;
}
/** A publisher. Every field is always present. */
export interface Publisher {
    /**
     * Unique; upper and lower case are different. It is part of the storage path of each file of the
     * publisher.
     */
    readonly name: string;
    /**
     * The name as users see it. null after `POST /publishers/` without it; the name itself if a book added
     * the publisher.
     */
    readonly display_name: string | null;
    /** Text about the publisher */
    readonly description: string | null;
    /**
     * In lists always `/publishers/{id}/logo`, a relative URL, also if there is no logo. In the answer for
     * one publisher the stored value, mostly null.
     */
    readonly logo_url: string | null;
    /** Email address; not checked by the service */
    readonly contact_email: string | null;
    /**
     * `active`, or `inactive` for a deleted publisher. Free text: others, for example `suspended`, can be
     * set.
     */
    readonly status: string;
    /** Number of the publisher */
    readonly id: number;
    /** When it was added */
    readonly created_at: string;
    /** When its row was last changed */
    readonly updated_at: string;
}
/** A page of publishers */
export interface PublisherList {
    /** The publishers of this page */
    readonly items: Publisher[];
    /** How many there are on all pages */
    readonly total: number;
}
/** A new publisher */
export interface PublisherInput {
    /**
     * Unique; upper and lower case are different. It is part of the storage path of each file of the
     * publisher.
     */
    name: string;
    /** The name as users see it */
    display_name?: string | null;
    /** Text about the publisher */
    description?: string | null;
    /** Any text; not checked to be a URL, and not shown in lists */
    logo_url?: string | null;
    /** Any text; not checked to be an email address */
    contact_email?: string | null;
    /**
     * Free text. Only `active` publishers are listed.
     * @default active
     */
    status?: string;
}
/** What is to be changed. Fields that are left out stay as they are. */
export interface PublisherUpdate {
    /** The new name. null is refused with 409, as if the name were `None`. */
    name?: string | null;
    /** The name as users see it */
    display_name?: string | null;
    /** Text about the publisher */
    description?: string | null;
    /** Any text; not checked to be a URL, and not shown in lists */
    logo_url?: string | null;
    /** Any text; not checked to be an email address */
    contact_email?: string | null;
    /** Free text. Only `active` publishers are listed. */
    status?: string | null;
}
/** One asset type and what it holds */
export interface PublisherAssetType {
    /** The type, for example `logos` */
    readonly name: string;
    /** How many files it holds */
    readonly file_count: number;
    /**
     * Bytes of all its files
     */
    readonly total_size: number;
}
/** The asset types of a publisher */
export interface PublisherAssetTypes {
    /** The `id` of the publisher */
    readonly publisher_id: number;
    /** The `name` of the publisher */
    readonly publisher_name: string;
    /** One entry for each type that holds files */
    readonly asset_types: PublisherAssetType[];
}
/** A file of a publisher */
export interface PublisherAsset {
    /** The file name */
    readonly name: string;
    /** Where it is stored */
    readonly path: string;
    /**
     * Bytes
     */
    readonly size: number;
    /** The sent type in the answer of an upload; `application/octet-stream` in lists */
    readonly content_type: string;
    /**
     * When it was stored, UTC; whole seconds in lists, microseconds in the answer of an upload
     */
    readonly last_modified: string | null;
}
/** The answer of a deletion that deletes nothing */
export interface PublisherAssetDeletion {
    /** `File moved to trash` */
    readonly message: string;
    /** How many files were moved: 0 in practice */
    readonly objects_moved: number;
    /** The key that the file would have in the trash */
    readonly trash_key: string;
}
/** The teachers that have files */
export interface TeacherIds {
    /** The callers' own ids, sorted */
    readonly teachers: string[];
}
/** A material that was uploaded */
export interface TeacherMaterial {
    /** The callers' own id */
    readonly teacher_id: string;
    /** The `id` of the record of the material */
    readonly material_id: number;
    /** The file name as it was sent */
    readonly filename: string;
    /** The full storage key, `{teacher_id}/materials/{filename}` */
    readonly path: string;
    /**
     * Bytes
     */
    readonly size: number;
    /** The content type as it was sent */
    readonly content_type: string;
}
/** What a deletion has moved to the trash */
export interface TeacherMaterialDeletion {
    /** Always true */
    readonly deleted: boolean;
    /** The callers' own id */
    readonly teacher_id: string;
    /** The path as it was sent */
    readonly path: string;
    /** How many files were moved */
    readonly objects_moved: number;
}
/** The record of a teacher in a list, with what it stores */
export interface TeacherListItem {
    /** The callers' own id, unique */
    readonly teacher_id: string;
    /** The name as users see it; the `teacher_id` if an upload added the teacher */
    readonly display_name: string | null;
    /** Email address; not checked by the service */
    readonly email: string | null;
    /** `active`, or `inactive` for a deleted teacher; free text, so others can be set */
    readonly status: string;
    /** Number of the record; the `teacher_id` in paths of `/teachers-manage` */
    readonly id: number;
    /** Whether new materials are processed by AI; null: not set for this teacher */
    readonly ai_auto_process_enabled: boolean | null;
    /** Priority of the processing, such as `high`, `normal`, `low`; null: not set for this teacher */
    readonly ai_processing_priority: string | null;
    /** Languages of generated audio, separated by commas, such as `en,tr`; null: not set for this teacher */
    readonly ai_audio_languages: string | null;
    /** When it was added */
    readonly created_at: string;
    /** When the record was last changed */
    readonly updated_at: string;
    /** How many materials the teacher has */
    readonly material_count: number;
    /**
     * Bytes of all materials
     */
    readonly total_storage_size: number;
}
/** A page of teachers */
export interface TeacherList {
    /** The teachers of this page */
    readonly items: TeacherListItem[];
    /** How many there are on all pages; with `search` or `status` only how many are on this page */
    readonly total: number;
}
/** A new teacher */
export interface TeacherInput {
    /** The callers' own id, unique */
    teacher_id: string;
    /** The name as users see it */
    display_name?: string | null;
    /** Any text; not checked to be an email address */
    email?: string | null;
    /**
     * Free text
     * @default active
     */
    status?: string;
    /** Whether new materials are processed by AI; null: not set for this teacher */
    ai_auto_process_enabled?: boolean | null;
    /** Priority of the processing, such as `high`, `normal`, `low`; null: not set for this teacher */
    ai_processing_priority?: string | null;
    /** Languages of generated audio, separated by commas, such as `en,tr`; null: not set for this teacher */
    ai_audio_languages?: string | null;
}
/** The record of a teacher. Every field is always present. */
export interface Teacher {
    /** The callers' own id, unique */
    readonly teacher_id: string;
    /** The name as users see it; the `teacher_id` if an upload added the teacher */
    readonly display_name: string | null;
    /** Email address; not checked by the service */
    readonly email: string | null;
    /** `active`, or `inactive` for a deleted teacher; free text, so others can be set */
    readonly status: string;
    /** Number of the record; the `teacher_id` in paths of `/teachers-manage` */
    readonly id: number;
    /** Whether new materials are processed by AI; null: not set for this teacher */
    readonly ai_auto_process_enabled: boolean | null;
    /** Priority of the processing, such as `high`, `normal`, `low`; null: not set for this teacher */
    readonly ai_processing_priority: string | null;
    /** Languages of generated audio, separated by commas, such as `en,tr`; null: not set for this teacher */
    readonly ai_audio_languages: string | null;
    /** When it was added */
    readonly created_at: string;
    /** When the record was last changed */
    readonly updated_at: string;
}
/** What is to be changed. Fields that are left out stay as they are. */
export interface TeacherUpdate {
    /** The name as users see it */
    display_name?: string | null;
    /** Any text; not checked to be an email address */
    email?: string | null;
    /** Free text */
    status?: string | null;
    /** Whether new materials are processed by AI; null: not set for this teacher */
    ai_auto_process_enabled?: boolean | null;
    /** Priority of the processing, such as `high`, `normal`, `low`; null: not set for this teacher */
    ai_processing_priority?: string | null;
    /** Languages of generated audio, separated by commas, such as `en,tr`; null: not set for this teacher */
    ai_audio_languages?: string | null;
}
/** The materials of one file type */
export interface TeacherFileTypeStats {
    /** How many there are */
    readonly count: number;
    /**
     * Bytes of all of them
     */
    readonly size: number;
}
/** How much a teacher stores */
export interface TeacherStorageStats {
    /**
     * Bytes of all materials
     */
    readonly total_size: number;
    /** How many materials there are */
    readonly total_count: number;
    /** The same for each file type, by its extension */
    readonly by_type: {
        readonly [key: string]: TeacherFileTypeStats;
    };
    /** How many materials AI can process */
    readonly ai_processable_count: number;
    /** How many of them have been processed */
    readonly ai_processed_count: number;
}
/** The record of a material. Every field is always present. */
export interface TeacherMaterialRecord {
    /** The file name as it was uploaded */
    readonly material_name: string;
    /** The name as users see it */
    readonly display_name: string | null;
    /** The extension of the file name, without a dot */
    readonly file_type: string;
    /** The content type of the upload */
    readonly content_type: string;
    /**
     * Bytes
     */
    readonly size: number;
    /** Number of the record */
    readonly id: number;
    /**
     * State of the record
     */
    readonly status: "active" | "draft" | "archived";
    /**
     * State of its processing; `not_applicable` for types that AI cannot process, such as MP3
     */
    readonly ai_processing_status: "not_started" | "queued" | "processing" | "completed" | "failed" | "partial" | "not_applicable";
    /**
     * When the processing ended
     */
    readonly ai_processed_at: string | null;
    /** The last job that processed it */
    readonly ai_job_id: string | null;
    /** The `id` of the teacher's record */
    readonly teacher_id: number;
    /** When it was uploaded */
    readonly created_at: string;
    /** When the record was last changed */
    readonly updated_at: string;
}
/** A page of materials */
export interface TeacherMaterialRecordList {
    /** The materials of this page */
    readonly items: TeacherMaterialRecord[];
    /** How many materials of all types the teacher has */
    readonly total: number;
}
/** A subscription to events. Every field is always present. */
export interface WebhookSubscription {
    /** Where the events are sent */
    readonly url: string;
    /** The key of the signature, in clear */
    readonly secret: string;
    /** What the subscription is for */
    readonly description: string | null;
    /** Whether events are sent */
    readonly is_active: boolean;
    /** The names of the wanted events, separated by commas. null or an empty string: all events. */
    readonly event_types: string | null;
    /** Number of the subscription */
    readonly id: number;
    /** When it was added */
    readonly created_at: string;
    /** When it was last changed */
    readonly updated_at: string;
}
/** A new subscription */
export interface WebhookInput {
    /** Where the events are sent. Not checked to be a URL. */
    url: string;
    /** The key of the signature. Letters outside ASCII are allowed; they are taken as UTF-8. */
    secret: string;
    /** What the subscription is for */
    description?: string | null;
    /**
     * Whether events are sent
     * @default true
     */
    is_active?: boolean;
    /**
     * The names of the wanted events, separated by commas. null or an empty string: all events. The names
     * are not checked.
     */
    event_types?: string | null;
}
/** What is to be changed. Fields that are left out or null stay as they are. */
export interface WebhookUpdate {
    /** Where the events are sent. Not checked to be a URL. */
    url?: string | null;
    /** The key of the signature. Letters outside ASCII are allowed; they are taken as UTF-8. */
    secret?: string | null;
    /** What the subscription is for */
    description?: string | null;
    /** Whether events are sent */
    is_active?: boolean | null;
    /** The names of the wanted events, separated by commas. An empty string: all events. null: unchanged. */
    event_types?: string | null;
}
/**
 * All names that the service knows. Only `book.*` events are delivered; `processing.*` events are
 * never made.
 */
export type WebhookEventType = "book.created" | "book.updated" | "book.deleted" | "publisher.created" | "publisher.updated" | "publisher.deleted" | "processing.started" | "processing.completed" | "processing.failed";
/** One delivery with all its attempts. Every field is always present. */
export interface WebhookLog {
    /** Number of the delivery */
    readonly id: number;
    /** The `id` of the subscription */
    readonly subscription_id: number;
    /** The event that was sent */
    readonly event_type: WebhookEventType;
    /** The body that was sent: JSON as a text */
    readonly payload: string;
    /**
     * Result of the delivery
     */
    readonly status: "pending" | "success" | "failed";
    /** HTTP status of the last answer; null if none came */
    readonly response_status: number | null;
    /** Body of the last answer, the first 1000 characters */
    readonly response_body: string | null;
    /** Why the last attempt failed: `HTTP 500: …` or `Exception: …` */
    readonly error_message: string | null;
    /** How many attempts were made */
    readonly attempt_count: number;
    /** When the event was made */
    readonly created_at: string;
    /**
     * When the last attempt ended, successful or not; null while it is pending
     */
    readonly delivered_at: string | null;
}
/** The template of a platform */
export interface StandaloneApp {
    /**
     * Operating system of the app
     */
    readonly platform: "mac" | "win" | "win7-8" | "linux";
    /** `{platform}.zip` */
    readonly file_name: string;
    /**
     * Bytes
     */
    readonly file_size: number;
    /** When it was uploaded, in whole seconds */
    readonly uploaded_at: string;
    /**
     * A link to the file storage, valid for one hour, without login
     */
    readonly download_url: string;
}
/** The templates */
export interface StandaloneAppList {
    /** One for each platform at most */
    readonly templates: StandaloneApp[];
}
/** The answer to an upload */
export interface StandaloneAppUpload {
    /**
     * Operating system of the app
     */
    readonly platform: "mac" | "win" | "win7-8" | "linux";
    /** The file name as it was sent; in lists it is `{platform}.zip` */
    readonly file_name: string;
    /**
     * Bytes
     */
    readonly file_size: number;
    /** `Template uploaded successfully` */
    readonly message: string;
}
/** A link to a template */
export interface StandaloneAppDownload {
    /**
     * A link to the file storage, valid for one hour, without login
     */
    readonly download_url: string;
    /**
     * Operating system of the app
     */
    readonly platform: "mac" | "win" | "win7-8" | "linux";
    /**
     * When the link expires; ends in `+00:00`, not `Z`
     */
    readonly expires_at: string;
}
/** Which book is to be bundled for which platform */
export interface BundleRequest {
    /**
     * Operating system of the app
     */
    platform: "mac" | "win" | "win7-8" | "linux";
    /** The id of the book */
    book_id: number;
    /**
     * Build it anew, also if a bundle is there
     * @default false
     */
    force?: boolean;
}
/** A bundle that is ready */
export interface Bundle {
    /**
     * A link to the file storage, valid for one hour, without login
     */
    readonly download_url: string;
    /** `FlowBook - {book_name}.zip` */
    readonly file_name: string;
    /**
     * Bytes
     */
    readonly file_size: number;
    /** When the link expires */
    readonly expires_at: string;
}
/** A job that was queued */
export interface BundleJobCreated {
    /** Id of the job */
    readonly job_id: string;
    /**
     * Always `queued`
     */
    readonly status: "queued";
    /** `Bundle creation job queued` */
    readonly message: string;
}
/** Progress of a bundle */
export interface BundleJob {
    /** Id of the job */
    readonly job_id: string;
    /** State of the job */
    readonly status: ProcessingState;
    /** Per cent */
    readonly progress: number;
    /** What is being done, in words, such as `Downloading book assets...` */
    readonly current_step: string;
    /** Always null in practice */
    readonly download_url: string | null;
    /** Always null in practice */
    readonly file_name: string | null;
    /**
     * Always null in practice
     */
    readonly file_size: number | null;
    /** Whether the bundle had been there already */
    readonly cached: boolean;
    /** Why it failed */
    readonly error_message: string | null;
    /** When it was queued */
    readonly created_at: string;
    /**
     * When it ended
     */
    readonly completed_at: string | null;
}
/** A bundle that has been built */
export interface BundleInfo {
    /** The name of the publisher */
    readonly publisher_name: string;
    /** The `book_name` of the book */
    readonly book_name: string;
    /** `unknown` in practice */
    readonly platform: string;
    /** `FlowBook - {book_name}.zip` */
    readonly file_name: string;
    /**
     * Bytes
     */
    readonly file_size: number;
    /** When it was built */
    readonly created_at: string;
    /** Its storage key; what `DELETE /standalone-apps/bundles/{object_name}` takes */
    readonly object_name: string;
    /**
     * A link to the file storage, valid for one hour, without login
     */
    readonly download_url: string | null;
}
/** All bundles */
export interface BundleList {
    /** The bundles */
    readonly bundles: BundleInfo[];
}
/** The book of an event. There is no `publisher_id`. */
export interface BookEventData {
    /** The `id` of the book */
    readonly id: number;
    /** Part of the storage paths of the book */
    readonly book_name: string;
    /** The title; the `book_name` if the book has none */
    readonly book_title: string;
    /** The name of the publisher; part of the storage paths of the book */
    readonly publisher: string;
    /** Language of the book */
    readonly language: string;
    /** The category; an empty string if the book has none */
    readonly category: string;
    /**
     * Status after the event; `archived` for `book.deleted`
     */
    readonly status: "draft" | "published" | "archived";
}
/**
 * A book was created, updated or deleted.
 *
 * `book.created`: `POST /books/`, `POST /books/upload` (also with `override`), and one for each book
 * of `POST /books/upload-bulk`.
 *
 * `book.updated`: `POST /books/{book_id}/upload`, and `PUT /books/{book_id}` with a change.
 *
 * `book.deleted`: the first `DELETE /books/{book_id}`.
 *
 * Nothing is sent when a book is restored, purged, deleted with its publisher, or processed by AI.
 */
export interface BookEvent {
    /**
     * What happened
     */
    readonly event: "book.created" | "book.updated" | "book.deleted";
    /**
     * When the event was made. Every attempt carries the same, so it tells the age of the event, and a
     * repeat has the same body.
     */
    readonly timestamp: string;
    /** The book after the change */
    readonly data: BookEventData;
}
/** The publisher of an event */
export interface PublisherEventData {
    /** The `id` of the publisher */
    readonly id: number;
    /** The name of the publisher */
    readonly name: string;
    /** Email address */
    readonly contact_email: string | null;
    /** `/publishers/{id}/logo`, a relative URL, also if there is no logo */
    readonly logo_url: string;
}
/**
 * A publisher was created, updated or deleted. Never delivered.
 *
 * Meant for `POST /publishers/` and a restored publisher (`publisher.created`), `PUT
 * /publishers/{publisher_id}` with a change (`publisher.updated`) and `DELETE
 * /publishers/{publisher_id}` (`publisher.deleted`).
 */
export interface PublisherEvent {
    /**
     * What happened
     */
    readonly event: "publisher.created" | "publisher.updated" | "publisher.deleted";
    /**
     * When the event was made. Every attempt carries the same, so it tells the age of the event, and a
     * repeat has the same body.
     */
    readonly timestamp: string;
    /** The publisher after the change */
    readonly data: PublisherEventData;
}
/**
 * The body of a delivery; `event` says which of the two it is. A later service may send events of other names,
 * with any object as `data`: let a `switch` have a `default`, in which `(event as WebhookEvent).event` is the
 * name.
 */
export type WebhookEvent = BookEvent | PublisherEvent;
export interface paths {
    readonly "/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The same as `/health` */
        readonly get: operations["getServiceInfo"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Liveness
         * Nothing is checked. It says `ok` even when the database or the file storage is down.
         */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/login": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Email and password for a bearer token
         * The email is trimmed and lower-cased by the service; the password is taken as it is. A 422 echoes the
         * body, password included.
         */
        readonly post: operations["login"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whose token this is */
        readonly get: operations["getSession"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * All books
         * Not paginated, in no stable order. Drafts are listed, although they have no content; archived books
         * in 2025 only.
         */
        readonly get: operations["listBooks"];
        readonly put?: never;
        /**
         * Add a book without content
         * Nothing is unique: the same publisher and name twice make two books. Unknown fields are ignored, empty
         * texts are accepted, and a publisher that does not exist is created. Event `book.created`.
         */
        readonly post: operations["createBook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/batch": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Several books at once
         * Since 2026; 2025 answers 405. Unknown and archived books are left out, in any order, each id once. It
         * changes nothing, so it can be repeated.
         */
        readonly post: operations["getBooksByIds"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/upload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A new book with its content, as a ZIP
         * The answer comes when every file is stored, which can take minutes. The metadata come from the first
         * entry whose name ends in `config.json`: `publisher` (also `publisher_name`, `publisherName`),
         * `language` (`lang`), `category` (`subject`, `book_category`, `bookCategory`), `status`
         * (`book_status`, `bookStatus`; a draft becomes published).
         *
         * **2025**: the name is `book_name` (`book_title`, `bookTitle`, `title`) of config.json, and the ZIP needs
         * a file `data/version` with a semantic version of at most 64 letters. Every entry is stored.
         * **2026**: the name of the book is the name of the file without `.zip`. A single root folder is stripped,
         * and `__MACOSX/`, `.DS_Store`, `._*`, `*.bak`, `*.tmp` and `*.fbinf` are left out.
         *
         *
         * A fault of the service: 2025 refuses a known book also with `override`. The timestamps in `book` end in `+00:00`, not in `Z`.
         * An entry with `..` is answered 502.
         */
        readonly post: operations["uploadNewBook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/upload-bulk": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Up to 50 new books, one ZIP each
         * Since 2026. Always 201: each file succeeds or fails on its own, as with `POST /books/upload`.
         */
        readonly post: operations["uploadBooks"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The id of the book */
                readonly book_id: components["parameters"]["BookId"];
            };
            readonly cookie?: never;
        };
        /** One book, archived ones included */
        readonly get: operations["getBook"];
        /**
         * Change a book's metadata
         * Archived books too. `{}` changes nothing. A new name or publisher does not move the files, so the book
         * has no content then. Event `book.updated` when something has changed.
         */
        readonly put: operations["updateBook"];
        readonly post?: never;
        /**
         * Archive a book and move its files to the trash
         * Again, it answers the same. Event `book.deleted` the first time.
         */
        readonly delete: operations["deleteBook"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/upload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The id of the book */
                readonly book_id: components["parameters"]["BookId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * New content of a book, as a ZIP
         * The status stays as it is: a draft with content is still a draft. Event `book.updated`.
         * **2025**: adds the version that `data/version` names, and sets `version`.
         * **2026**: replaces all content, what lies under `ai-data/` and `ai-content/` included; the book's record,
         * `updated_at` too, stays as it is.
         *
         *
         * A fault of the service: 2026 deletes the content before it reads the ZIP: after a 400 or 502, and with an empty ZIP (201), the
         * book is empty
         */
        readonly post: operations["uploadBookVersion"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/books/{publisher}/{book_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        /**
         * The files of a book
         * An unknown book, a draft and a name in the wrong case all give 200 with no children.
         * 2026 sorts children by their path, and lists what lies under `ai-data/` and `ai-content/` too.
         * The written guide of the service promises an array of strings, the service answers a tree: expect either.
         */
        readonly get: operations["listBookContents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/books/{publisher}/{book_name}/config": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        /**
         * The book's config.json
         * Parsed and written anew by the service, so white space is not that of the file.
         *
         * A fault of the service: `NaN` or `Infinity` in the file is a 500, and a byte order mark a 502, each time. In 2025 the first
         * request for a draft is a 400 rather than a 404.
         */
        readonly get: operations["getBookConfig"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/books/{publisher}/{book_name}/object": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        /**
         * The bytes of one file
         * `path` is the file's `path` in the listing minus the `path` of the root. The token is checked when the
         * request starts: a download that outlasts it completes. If the storage fails in mid-download, the body is
         * shorter than its `content-length`.
         *
         * **2025** answers `application/octet-stream` as an attachment, without an ETag, and ignores ranges.
         * **2026** answers the type by the extension, else the stored type; ranges and `If-None-Match` work.
         *
         *
         * A fault of the service: A file whose own name has letters outside Latin-1 is always answered 500; such letters in the names of
         * folders, publishers and books do no harm. A range end past the end of the file is 416, not clamped;
         * `If-Range` is ignored; of several ranges the first is answered.
         */
        readonly get: operations["getBookObject"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/books/{publisher}/{book_name}/cover": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        /**
         * The picture on the book's cover
         * Since 2026. The file `images/BOOK_COVER` of the book, by default `images/book_cover.png`. Archived books
         * are found. Ranges are ignored.
         */
        readonly get: operations["getBookCover"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/books/{publisher}/{book_name}/presigned": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        /**
         * A URL of one file that needs no login for a while
         * Since 2026. The URL leads to the storage's own host and is signed for it and for GET: neither may be
         * changed. Ranges and conditions work there.
         */
        readonly get: operations["presignBookObject"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/trash": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What can be restored
         * Archived books and deleted applications, each as one entry. A deleted book without files has none.
         *
         *
         * A fault of the service: Since 2026, once a folder of a teacher's materials was deleted, this is answered 500 for good
         */
        readonly get: operations["listTrash"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete an entry permanently
         * The request has a body. With a book's files its record is deleted too, so that `GET /books/{book_id}`
         * is answered 404 from then on.
         */
        readonly delete: operations["purgeTrash"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Move an entry back
         * A restored book is `published`, also if it was a draft. No event is sent.
         *
         * A fault of the service: The files are moved before anything is checked: the errors of 404 `Book not found` and 409 follow a
         * move that was carried out
         */
        readonly post: operations["restoreFromTrash"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/apps/{platform}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `linux`, `macos` or `windows`; uploads and deletions refuse all others */
                readonly platform: components["parameters"]["AppPlatform"];
            };
            readonly cookie?: never;
        };
        /**
         * The files of an application
         * No platform is refused: one without files has no children. 2025 keeps the root folder of the uploaded
         * ZIP (`linux/2.0.0/app/setup.exe`), 2026 strips it.
         */
        readonly get: operations["listAppContents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/apps/{platform}/upload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `linux`, `macos` or `windows`; uploads and deletions refuse all others */
                readonly platform: components["parameters"]["AppPlatform"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A version of an application, as a ZIP
         * The version is the content of the file `data/version` in the ZIP.
         */
        readonly post: operations["uploadApp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/apps/{platform}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `linux`, `macos` or `windows`; uploads and deletions refuse all others */
                readonly platform: components["parameters"]["AppPlatform"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Move an application to the trash
         * The request has a body. It answers 204 also when nothing is there.
         */
        readonly delete: operations["deleteApp"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api-keys/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * All keys, without their secrets
         * Revoked keys stay in the list.
         */
        readonly get: operations["listApiKeys"];
        readonly put?: never;
        /**
         * Create a key
         * Names need not be unique. An expiry in the past and a negative `rate_limit` are accepted.
         *
         *
         * A fault of the service: An empty or blank name is answered 500
         */
        readonly post: operations["createApiKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api-keys/{key_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The id of the key */
                readonly key_id: number;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Revoke a key
         * Again, it answers the same.
         */
        readonly delete: operations["revokeApiKey"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/ai-data/summary": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * What AI has derived from several books, in short
         * In the order of the ids. A book that is unknown or has not been processed has only `book_id` and
         * `processing_status: not_found`. Changes nothing: safe to repeat. The answer to an empty list has no
         * `cache-control`.
         */
        readonly post: operations["getBookAiSummaries"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-data": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete what AI has derived from a book
         * Removes the files below `ai-data/` permanently. A book without such files is answered with zeros.
         */
        readonly delete: operations["deleteBookAiData"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-data/metadata": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        /**
         * What AI has derived from a book, and its progress
         * Read from `ai-data/metadata.json` below the book; fields of that file that are not listed here are
         * left out.
         *
         *
         * A fault of the service: A stored file whose fields have the wrong types is answered 500 in text/plain.
         */
        readonly get: operations["getBookAiMetadata"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-data/modules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        /**
         * The modules of a book
         * A module is a unit of the book, for example a chapter. Sorted by `module_id`.
         *
         * A fault of the service: A stored file whose fields have the wrong types is answered 500 in text/plain.
         */
        readonly get: operations["listBookAiModules"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-data/modules/metadata": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        /**
         * The modules of a book, with topics and summaries
         * A fault of the service: `publisher_id` holds the name of the publisher, not its id.
         */
        readonly get: operations["getBookAiModulesMetadata"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-data/modules/{module_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The `module_id` of the module */
                readonly module_id: number;
            };
            readonly cookie?: never;
        };
        /**
         * One module of a book, with its text
         * A fault of the service: A stored file whose fields have the wrong types is answered 500 in text/plain.
         */
        readonly get: operations["getBookAiModule"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-data/vocabulary": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        /**
         * The words of a book
         * Not paginated. An unknown module is answered with an empty list of words.
         *
         * A fault of the service: A stored file whose fields have the wrong types is answered 500 in text/plain.
         */
        readonly get: operations["getBookAiVocabulary"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-data/audio/vocabulary/{lang}/{word_id}.mp3": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** Language of the audio: ar, de, en, es, fr, it, ja, ko, pt, ru, tr or zh. Anything else is 400. */
                readonly lang: string;
                /**
                 * The `id` of the word: letters, digits, `_` and `-`. Anything else, such as a blank or an apostrophe,
                 * is 400.
                 */
                readonly word_id: string;
            };
            readonly cookie?: never;
        };
        /**
         * How a word is pronounced
         * There is no ETag.
         *
         * A fault of the service: A range `bytes=-500` is read as the first 501 bytes, a range that cannot be read is answered 206 with the whole file, and the 416 has no `content-range`.
         */
        readonly get: operations["getBookAiAudio"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-content/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        /**
         * What consumers have generated for a book
         * Not paginated. Contents whose manifest cannot be read are left out.
         */
        readonly get: operations["listAiContents"];
        readonly put?: never;
        /**
         * Store generated content of a book
         * Stored below the book, so that its listing contains the files. There is no operation that changes a
         * content: delete it and create another.
         *
         *
         * A fault of the service: A failure of the file storage is answered 500 in text/plain.
         */
        readonly post: operations["createAiContent"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-content/{content_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
            };
            readonly cookie?: never;
        };
        /** One generated content */
        readonly get: operations["getAiContent"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a generated content
         * Deletes it permanently, with its audio, not to the trash.
         */
        readonly delete: operations["deleteAiContent"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-content/{content_id}/audio/batch": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Upload several audio files of a content
         * The file names of the parts become the names of the files. One bad file does not stop the others:
         * its name is in `failed`.
         */
        readonly post: operations["uploadAiContentAudioBatch"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/ai-content/{content_id}/audio/{filename}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
                /** Letters, digits, `_` and `-` of ASCII, and `.mp3` at the end. Anything else is 400. */
                readonly filename: components["parameters"]["AiAudioFilename"];
            };
            readonly cookie?: never;
        };
        /**
         * One audio file of a content
         * There is no ETag and no `cache-control`. A range end past the end of the file is 416.
         */
        readonly get: operations["getAiContentAudio"];
        /**
         * Upload one audio file of a content
         * A file with the same name is overwritten. The name is that of the path; the file name of the part is
         * not used.
         */
        readonly put: operations["uploadAiContentAudio"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/process-ai": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Let AI process a book
         * Queues a job. The body is required; `{}` is enough. 10 calls an hour for each publisher; calls with
         * `admin_override` are neither limited nor counted, and calls answered 404 or 422 are not counted.
         *
         *
         * A fault of the service: Calls that are refused (409, or 403 for an API key with priority `high`) count for the limit, too.
         */
        readonly post: operations["processBookAi"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/books/{book_id}/process-ai/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        /**
         * Progress of the processing of a book
         * A fault of the service: If the book has several jobs, any one of them is answered, not always the newest.
         */
        readonly get: operations["getBookAiStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/processing/books": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The books with the state of their processing, a page at a time
         * Archived books are included. A book without a job, but with `ai-data/metadata.json`, is `completed`
         * with `job_id: null`.
         *
         *
         * A fault of the service: `status` filters the books of the page, after paging: pages can be short or empty.
         */
        readonly get: operations["listProcessingBooks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/processing/queue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The jobs that wait or run */
        readonly get: operations["getProcessingQueue"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/processing/books/{book_id}/clear-error": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Delete the failed job of a book
         * No body.
         *
         * A fault of the service: The job is deleted, so that an older job of the book shows again.
         */
        readonly post: operations["clearProcessingError"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/processing/bulk-reprocess": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Let AI process several books again
         * Only for users: an API key is answered 403. Unknown books count as skipped and have a text in
         * `errors`.
         *
         *
         * A fault of the service: An unknown `job_type` or `priority` is not refused: the default is used.
         */
        readonly post: operations["reprocessBooks"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/processing/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The settings of the processing
         * The example has the defaults of the service.
         */
        readonly get: operations["getProcessingSettings"];
        /**
         * Change the settings of the processing
         * Fields that are left out stay as they are. Only for users: an API key is answered 403.
         *
         * A fault of the service: The change is kept in the memory of one worker process: others do not see it, and a restart loses it.
         */
        readonly put: operations["updateProcessingSettings"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/processing/publishers/{publisher_id}/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher */
                readonly publisher_id: number;
            };
            readonly cookie?: never;
        };
        /** The settings of the processing for one publisher */
        readonly get: operations["getPublisherProcessingSettings"];
        /**
         * Replace the settings of the processing for one publisher
         * Only for users: an API key is answered 403.
         *
         * A fault of the service: All three fields are written: one that is left out becomes null.
         */
        readonly put: operations["updatePublisherProcessingSettings"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The active publishers, a page at a time
         * Only publishers with the status `active`, in no stable order. `total` counts all active publishers,
         * not those of the page.
         */
        readonly get: operations["listPublishers"];
        readonly put?: never;
        /**
         * Add a publisher
         * Only lengths are checked. A book that is created or uploaded with an unknown publisher also adds
         * that publisher, then with `display_name` set to its name.
         *
         *
         * A fault of the service: The event `publisher.created` is never delivered to any webhook.
         */
        readonly post: operations["createPublisher"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/trash": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The deleted publishers, a page at a time
         * Only publishers with the status `inactive`. `total` counts all of them.
         */
        readonly get: operations["listTrashedPublishers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/by-name/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One publisher by its name
         * The name must match exactly, upper and lower case included.
         */
        readonly get: operations["getPublisherByName"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        /**
         * One publisher
         * Inactive publishers are found, too.
         */
        readonly get: operations["getPublisher"];
        /**
         * Change a publisher
         * Fields that are left out stay as they are. An empty object changes nothing and sends no event.
         *
         * A fault of the service: A new name does not move the files: every book and asset of the publisher loses its content.
         */
        readonly put: operations["updatePublisher"];
        readonly post?: never;
        /**
         * Move a publisher to the trash
         * A soft delete: the status becomes `inactive`; books and files stay. A repeated call returns the
         * same.
         *
         *
         * A fault of the service: The event `publisher.deleted` is never delivered to any webhook.
         */
        readonly delete: operations["deletePublisher"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a publisher out of the trash
         * No body. The status becomes `active` again.
         *
         * A fault of the service: The event made of it is `publisher.created` (and it is never delivered).
         */
        readonly post: operations["restorePublisher"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}/permanent": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a publisher permanently
         * Removes the publisher, its books and all their files. Cannot be undone.
         *
         * A fault of the service: No event is sent, neither for the publisher nor for its books.
         */
        readonly delete: operations["deletePublisherPermanently"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}/books": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        /**
         * All books of a publisher
         * Drafts and archived books are included, unlike in `GET /books/?publisher_id=`. Not paginated, in no
         * stable order.
         */
        readonly get: operations["listPublisherBooks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}/logo": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        /**
         * The logo of a publisher
         * The first file of the asset type `logos`. There is no ETag, and ranges are ignored.
         *
         * A fault of the service: A failure of the file storage is answered 404 `Logo not found`, too.
         */
        readonly get: operations["getPublisherLogo"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}/assets": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        /**
         * The asset types of a publisher
         * Asset types are the folders below `assets/`, for example `logos`. The first upload creates one.
         *
         * A fault of the service: A failure of the file storage is answered as an empty list.
         */
        readonly get: operations["listPublisherAssetTypes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}/assets/{asset_type}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
                /**
                 * 1 to 50 lower-case letters, digits, hyphens or underscores; not `books`, `trash` or `temp`. Anything
                 * else is 400.
                 */
                readonly asset_type: components["parameters"]["AssetType"];
            };
            readonly cookie?: never;
        };
        /**
         * The files of one asset type
         * Not paginated.
         *
         * A fault of the service: `content_type` is always `application/octet-stream`, whatever type is stored.
         */
        readonly get: operations["listPublisherAssets"];
        readonly put?: never;
        /**
         * Upload an asset
         * A file with the same name is overwritten without notice.
         */
        readonly post: operations["uploadPublisherAsset"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/publishers/{publisher_id}/assets/{asset_type}/{filename}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
                /**
                 * 1 to 50 lower-case letters, digits, hyphens or underscores; not `books`, `trash` or `temp`. Anything
                 * else is 400.
                 */
                readonly asset_type: components["parameters"]["AssetType"];
                /** The file name of the asset */
                readonly filename: components["parameters"]["AssetFilename"];
            };
            readonly cookie?: never;
        };
        /**
         * The bytes of an asset
         * Needs no login: whoever knows the URL can read the file. There is no ETag, and ranges are ignored.
         *
         *
         * A fault of the service: A file whose name has letters outside Latin-1 (ş, ğ, ı, İ) is stored, but answered 404.
         */
        readonly get: operations["getPublisherAsset"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Move an asset to the trash
         * The answer is the same for a file that does not exist.
         *
         * A fault of the service: Nothing is moved: `objects_moved` is 0 and the file stays.
         */
        readonly delete: operations["deletePublisherAsset"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The ids of all teachers that have files
         * The ids are the callers' own strings, sorted; teachers without files are left out.
         */
        readonly get: operations["listTeacherIds"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers/{teacher_id}/upload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
                readonly teacher_id: components["parameters"]["TeacherKey"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Upload a material of a teacher
         * Adds the teacher if it is unknown, with its id as `display_name`. The content type of the part
         * decides whether the file is accepted, and must be one of these exactly, without parameters: PDF,
         * plain text, DOCX, JPEG, PNG, GIF, WebP, MP3, WAV, OGG, MP4 (audio and video), WebM, QuickTime. At
         * most 100 MB. A slash in the file name makes a folder.
         *
         *
         * A fault of the service: A second upload with the same name overwrites the file, but adds a second record of a material.
         */
        readonly post: operations["uploadTeacherMaterial"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers/{teacher_id}/materials": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
                readonly teacher_id: components["parameters"]["TeacherKey"];
            };
            readonly cookie?: never;
        };
        /**
         * The files of a teacher, as a tree
         * The root is `{teacher_id}/materials/`. An unknown teacher has a root without children.
         */
        readonly get: operations["listTeacherMaterials"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers/{teacher_id}/materials/{path}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
                readonly teacher_id: components["parameters"]["TeacherKey"];
                /**
                 * The path below `materials/`. Slashes separate folders and are kept; everything else is
                 * percent-encoded.
                 */
                readonly path: string;
            };
            readonly cookie?: never;
        };
        /**
         * The bytes of a material
         * There is no ETag and no `cache-control`. A range end past the end of the file is 416. Of several
         * ranges only the first is answered.
         *
         *
         * A fault of the service: A file whose own name has letters outside Latin-1 (ş, ğ, ı, İ) is always answered 500 in text/plain.
         */
        readonly get: operations["getTeacherMaterial"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Move a folder of materials to the trash
         * Meant for files as well, but works for folders only.
         *
         * A fault of the service: A single file is always answered 404 and stays; after a folder has been moved, `GET /storage/trash` is permanently answered 500.
         */
        readonly delete: operations["deleteTeacherMaterial"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The records of teachers, a page at a time
         * Without `search` and `status` the active teachers, in no stable order. With either of them, teachers
         * of any status.
         *
         *
         * A fault of the service: With `search` or `status`, `total` is only the number of teachers on this page.
         */
        readonly get: operations["listTeachers"];
        readonly put?: never;
        /**
         * Add the record of a teacher
         * An upload for an unknown teacher adds its record, too.
         */
        readonly post: operations["createTeacher"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/trash": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The deleted teachers, a page at a time
         * Only teachers with the status `inactive`.
         */
        readonly get: operations["listTrashedTeachers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/by-teacher-id/{external_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One teacher by the caller's own id */
        readonly get: operations["getTeacherByExternalId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/{teacher_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        /** One teacher by the number of its record */
        readonly get: operations["getTeacher"];
        /**
         * Change the record of a teacher
         * Fields that are left out stay as they are. The `teacher_id` cannot be changed.
         */
        readonly put: operations["updateTeacher"];
        readonly post?: never;
        /**
         * Move a teacher to the trash
         * A soft delete: the status becomes `inactive`. A repeated call returns the same.
         */
        readonly delete: operations["deleteTeacher"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/{teacher_id}/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a teacher out of the trash
         * No body. The status becomes `active` again.
         */
        readonly post: operations["restoreTeacher"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/{teacher_id}/permanent": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a teacher permanently
         * Cannot be undone.
         */
        readonly delete: operations["deleteTeacherPermanently"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/{teacher_id}/storage-stats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        /**
         * How much a teacher stores
         * A fault of the service: Counts and sizes are those of the records: a file that was uploaded twice counts twice.
         */
        readonly get: operations["getTeacherStorageStats"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/{teacher_id}/materials": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        /**
         * The records of a teacher's materials, a page at a time
         * Newest first.
         *
         * A fault of the service: `total` ignores `file_type`: it counts the materials of all types.
         */
        readonly get: operations["listTeacherMaterialRecords"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/teachers-manage/{teacher_id}/materials/{material_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
                /** The `id` of the material */
                readonly material_id: number;
            };
            readonly cookie?: never;
        };
        /** The record of one material */
        readonly get: operations["getTeacherMaterialRecord"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * All subscriptions
         * Not paginated. Inactive subscriptions are included.
         *
         * A fault of the service: The secrets are returned in clear.
         */
        readonly get: operations["listWebhooks"];
        readonly put?: never;
        /**
         * Add a subscription
         * A URL can be subscribed more than once: each event is then sent to it as often.
         */
        readonly post: operations["createWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{subscription_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the subscription. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        /**
         * One subscription
         * A fault of the service: The secret is returned in clear.
         */
        readonly get: operations["getWebhook"];
        /**
         * Change a subscription
         * Fields that are left out or null stay as they are; an empty object is allowed. `event_types` can be
         * set back to all events with an empty string.
         *
         *
         * A fault of the service: A description cannot be removed, because null is ignored.
         */
        readonly put: operations["updateWebhook"];
        readonly post?: never;
        /** Remove a subscription */
        readonly delete: operations["deleteWebhook"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{subscription_id}/logs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the subscription. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        /**
         * The last deliveries of a subscription
         * The newest 100 at most, newest first.
         */
        readonly get: operations["listWebhookLogs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The templates of the standalone apps
         * A template is an app without a book. There is at most one for each platform. The path has no slash
         * at the end.
         */
        readonly get: operations["listStandaloneApps"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/{platform}/upload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `mac`, `win`, `win7-8` or `linux`. Anything else is 400. */
                readonly platform: components["parameters"]["StandalonePlatform"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Upload the template of a platform
         * Replaces the template that is there. It is stored as `{platform}.zip`, whatever its name.
         */
        readonly post: operations["uploadStandaloneApp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/{platform}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `mac`, `win`, `win7-8` or `linux`. Anything else is 400. */
                readonly platform: components["parameters"]["StandalonePlatform"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Delete the template of a platform */
        readonly delete: operations["deleteStandaloneApp"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/{platform}/download": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `mac`, `win`, `win7-8` or `linux`. Anything else is 400. */
                readonly platform: components["parameters"]["StandalonePlatform"];
            };
            readonly cookie?: never;
        };
        /**
         * A link to the template of a platform
         * The link is valid for one hour and needs no login. It leads to the file storage itself.
         *
         * A fault of the service: A link is returned also if there is no template; the file storage then answers 404.
         */
        readonly get: operations["getStandaloneAppDownload"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/bundle": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * An app with a book in it
         * Returns the bundle that is there, unless `force` is set; else builds it within the request, which
         * can take minutes (nginx answers 504 after 300 seconds). A book without content is bundled, too.
         */
        readonly post: operations["createBundle"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/bundle/async": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Build an app with a book in it, in the background
         * Queues a processing job of the book: `POST /books/{book_id}/process-ai` is 409 until it has ended,
         * and `/processing/*` shows it.
         */
        readonly post: operations["createBundleJob"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/bundle/jobs/{job_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `job_id` of the job */
                readonly job_id: string;
            };
            readonly cookie?: never;
        };
        /**
         * Progress of a bundle
         * A fault of the service: A completed job has no link: `download_url`, `file_name` and `file_size` stay null. The link is in `GET /standalone-apps/bundles`.
         */
        readonly get: operations["getBundleJob"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/bundles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * All bundles that have been built
         * Not paginated.
         *
         * A fault of the service: `platform` is `unknown`.
         */
        readonly get: operations["listBundles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/standalone-apps/bundles/{object_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `object_name` of the bundle. Its slashes are kept; everything else is percent-encoded. */
                readonly object_name: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Delete a bundle */
        readonly delete: operations["deleteBundle"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface webhooks {
    readonly event: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Something has changed
         * Sent to every active subscription whose `event_types` name the event, after the caller of the
         * service has been answered. There is no order between events, and no id: two deliveries are the same
         * event if their bodies are equal byte by byte. The body is compact JSON in UTF-8.
         *
         *
         * A fault of the service: Events of publishers are never delivered: the column of the log is too short for their names, its insert fails, and nothing is sent.
         */
        readonly post: operations["onWebhookEvent"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface components {
    readonly schemas: {
        readonly Health: Health;
        readonly ValidationIssue: ValidationIssue;
        readonly ErrorResponse: ErrorResponse;
        readonly ErrorPage: string;
        readonly LoginRequest: LoginRequest;
        readonly TokenResponse: TokenResponse;
        readonly ValidationErrorResponse: ValidationErrorResponse;
        readonly Session: Session;
        readonly Id: number;
        readonly Book: Book;
        readonly BookCreate: BookCreate;
        readonly BookBatchRequest: BookBatchRequest;
        readonly Bytes: Blob;
        readonly ArchiveUpload: ArchiveUpload;
        readonly StoredFile: StoredFile;
        readonly BookUploadResult: BookUploadResult;
        readonly ConflictDetail: ConflictDetail;
        readonly UploadConflict: UploadConflict;
        readonly BulkUploadRequest: BulkUploadRequest;
        readonly BulkUploadItem: BulkUploadItem;
        readonly BulkUploadResult: BulkUploadResult;
        readonly BookUpdate: BookUpdate;
        readonly ContentUploadResult: ContentUploadResult;
        readonly StorageNode: StorageNode;
        readonly BookContents: BookContents;
        readonly BookConfig: BookConfig;
        readonly PresignedUrl: PresignedUrl;
        readonly TrashItemType: TrashItemType;
        readonly TrashEntry: TrashEntry;
        readonly TrashPurgeRequest: TrashPurgeRequest;
        readonly TrashPurgeResult: TrashPurgeResult;
        readonly TrashRestoreRequest: TrashRestoreRequest;
        readonly TrashRestoreResult: TrashRestoreResult;
        readonly AppUploadResult: AppUploadResult;
        readonly AppDeleteRequest: AppDeleteRequest;
        readonly Timestamp: string;
        readonly ApiKey: ApiKey;
        readonly ApiKeyList: ApiKeyList;
        readonly ApiKeyCreate: ApiKeyCreate;
        readonly ApiKeyCreated: ApiKeyCreated;
        readonly ApiKeyRevoked: ApiKeyRevoked;
        readonly AiSummaryRequest: AiSummaryRequest;
        readonly AiSummary: AiSummary;
        readonly AiDataDeletion: AiDataDeletion;
        readonly AiStage: AiStage;
        readonly AiMetadata: AiMetadata;
        readonly AiModuleSummary: AiModuleSummary;
        readonly AiModuleList: AiModuleList;
        readonly AiModuleMetadata: AiModuleMetadata;
        readonly AiModulesMetadata: AiModulesMetadata;
        readonly AiModule: AiModule;
        readonly AiWordAudio: AiWordAudio;
        readonly AiWord: AiWord;
        readonly AiVocabulary: AiVocabulary;
        readonly AiContentSummary: AiContentSummary;
        readonly AiContentManifestInput: AiContentManifestInput;
        readonly AiContentInput: AiContentInput;
        readonly AiContentCreated: AiContentCreated;
        readonly AiContentManifest: AiContentManifest;
        readonly AiContent: AiContent;
        readonly AiContentDeletion: AiContentDeletion;
        readonly AiAudioFile: AiAudioFile;
        readonly AiAudioBatch: AiAudioBatch;
        readonly ProcessingJobType: ProcessingJobType;
        readonly ProcessingPriority: ProcessingPriority;
        readonly ProcessingRequest: ProcessingRequest;
        readonly ProcessingState: ProcessingState;
        readonly ProcessingJob: ProcessingJob;
        readonly ProcessingJobStatus: ProcessingJobStatus;
        readonly ProcessingBook: ProcessingBook;
        readonly ProcessingBookList: ProcessingBookList;
        readonly ProcessingQueueItem: ProcessingQueueItem;
        readonly ProcessingQueue: ProcessingQueue;
        readonly ProcessingErrorCleared: ProcessingErrorCleared;
        readonly BulkReprocessRequest: BulkReprocessRequest;
        readonly BulkReprocessResult: BulkReprocessResult;
        readonly ProcessingSettings: ProcessingSettings;
        readonly ProcessingSettingsUpdate: ProcessingSettingsUpdate;
        readonly PublisherProcessingSettings: PublisherProcessingSettings;
        readonly PublisherProcessingSettingsInput: PublisherProcessingSettingsInput;
        readonly Publisher: Publisher;
        readonly PublisherList: PublisherList;
        readonly PublisherInput: PublisherInput;
        readonly PublisherUpdate: PublisherUpdate;
        readonly PublisherAssetType: PublisherAssetType;
        readonly PublisherAssetTypes: PublisherAssetTypes;
        readonly PublisherAsset: PublisherAsset;
        readonly PublisherAssetDeletion: PublisherAssetDeletion;
        readonly TeacherIds: TeacherIds;
        readonly TeacherMaterial: TeacherMaterial;
        readonly TeacherMaterialDeletion: TeacherMaterialDeletion;
        readonly TeacherListItem: TeacherListItem;
        readonly TeacherList: TeacherList;
        readonly TeacherInput: TeacherInput;
        readonly Teacher: Teacher;
        readonly TeacherUpdate: TeacherUpdate;
        readonly TeacherFileTypeStats: TeacherFileTypeStats;
        readonly TeacherStorageStats: TeacherStorageStats;
        readonly TeacherMaterialRecord: TeacherMaterialRecord;
        readonly TeacherMaterialRecordList: TeacherMaterialRecordList;
        readonly WebhookSubscription: WebhookSubscription;
        readonly WebhookInput: WebhookInput;
        readonly WebhookUpdate: WebhookUpdate;
        readonly WebhookEventType: WebhookEventType;
        readonly WebhookLog: WebhookLog;
        readonly StandaloneApp: StandaloneApp;
        readonly StandaloneAppList: StandaloneAppList;
        readonly StandaloneAppUpload: StandaloneAppUpload;
        readonly StandaloneAppDownload: StandaloneAppDownload;
        readonly BundleRequest: BundleRequest;
        readonly Bundle: Bundle;
        readonly BundleJobCreated: BundleJobCreated;
        readonly BundleJob: BundleJob;
        readonly BundleInfo: BundleInfo;
        readonly BundleList: BundleList;
        readonly BookEventData: BookEventData;
        readonly BookEvent: BookEvent;
        readonly PublisherEventData: PublisherEventData;
        readonly PublisherEvent: PublisherEvent;
        readonly WebhookEvent: WebhookEvent;
    };
    responses: {
        /** The service failed (JSON or text/plain), or nginx could not reach it (HTML) */
        readonly ServerError: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
                readonly "text/plain": string;
                readonly "text/html": string;
            };
        };
        /**
         * Input of a wrong shape, echoed in the answer. Checked after a missing header (403) and before
         * a bad token (401).
         */
        readonly ValidationError: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ValidationErrorResponse;
            };
        };
        /** A bad, tampered or expired token, or an API key where only a token is accepted */
        readonly Unauthorized: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The header is missing or empty, or its scheme is not `Bearer` */
        readonly Forbidden: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** An archive that is not accepted */
        readonly BadArchive: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The book exists. In 2025 `override` does not help, since 2026 it replaces the book. */
        readonly UploadConflict: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": UploadConflict;
            };
        };
        /** More than nginx lets through, 1 MB in 2025 and 5 GB in 2026 */
        readonly TooLarge: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "text/html": string;
            };
        };
        /** A segment or a path that is not allowed */
        readonly BadPath: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The key is empty or malformed */
        readonly BadKey: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** Nothing in the trash has this key, or the book has no record */
        readonly NoEntry: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** No such book */
        readonly AiBookNotFound: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The id of the content is no UUID */
        readonly BadAiContentId: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The id of the content is no UUID, or the file name is not allowed */
        readonly BadAiAudioPath: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** Too many requests */
        readonly RateLimited: {
            headers: {
                /** Seconds, at most 3600; a proxy may send a date */
                readonly "Retry-After"?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The name is taken; also for `name: null`, with `None` as the name */
        readonly PublisherExists: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** No such publisher */
        readonly PublisherNotFound: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The asset type is not allowed */
        readonly BadAssetType: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The id or the path is not usable */
        readonly BadTeacherPath: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** No such teacher */
        readonly TeacherNotFound: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** No such subscription */
        readonly WebhookNotFound: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** The platform is unknown */
        readonly BadStandalonePlatform: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
        /** A bad or expired token, or an API key that is not valid */
        readonly InvalidTokenOrKey: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": ErrorResponse;
            };
        };
    };
    parameters: {
        /** The id of the book */
        readonly BookId: number;
        /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
        readonly Publisher: string;
        /** The book's name as in the book, upper and lower case included; blanks around it do not count */
        readonly BookName: string;
        /**
         * Relative to the root of the book's listing. `..`, `.` as a segment of its own and empty ones are 400, a
         * missing one 422; dots inside a name are legal, and `./a` and `a//b` are normalised.
         */
        readonly ObjectPath: string;
        /** `linux`, `macos` or `windows`; uploads and deletions refuse all others */
        readonly AppPlatform: string;
        /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
        readonly AiBookId: number;
        /** One range of bytes */
        readonly AiRange: string;
        /** The UUID that the service gave the content. Anything that is no UUID is 400. */
        readonly AiContentId: string;
        /** Letters, digits, `_` and `-` of ASCII, and `.mp3` at the end. Anything else is 400. */
        readonly AiAudioFilename: string;
        /** How many of the things are passed over */
        readonly Skip: number;
        /** How many things are returned at most */
        readonly Limit: number;
        /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
        readonly PublisherId: number;
        /**
         * 1 to 50 lower-case letters, digits, hyphens or underscores; not `books`, `trash` or `temp`. Anything
         * else is 400.
         */
        readonly AssetType: string;
        /** The file name of the asset */
        readonly AssetFilename: string;
        /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
        readonly TeacherKey: string;
        /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
        readonly TeacherRecordId: number;
        /** The `id` of the subscription. Not an integer: 422; unknown: 404; above int32: 500. */
        readonly SubscriptionId: number;
        /** `mac`, `win`, `win7-8` or `linux`. Anything else is 400. */
        readonly StandalonePlatform: string;
        /**
         * `sha256=` and the hex HMAC-SHA256 of the raw body in lower case. The key is the secret of the
         * subscription in UTF-8.
         */
        readonly WebhookSignature: string;
        /** The same for all deliveries */
        readonly WebhookUserAgent: string;
    };
    requestBodies: {
        readonly Archive: {
            readonly content: {
                readonly "multipart/form-data": ArchiveUpload;
            };
        };
    };
    headers: {
        /** Size of the body in bytes */
        readonly ContentLength: number;
        /** A strong tag. Since 2026. */
        readonly ETag: string;
        /** `bytes`. Since 2026. */
        readonly AcceptRanges: string;
        /** `bytes FIRST-LAST/SIZE` */
        readonly ContentRange: string;
    };
    pathItems: never;
}
export interface operations {
    readonly getServiceInfo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The process is up */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Health;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The process is up */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Health;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly login: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": LoginRequest;
            };
        };
        readonly responses: {
            /** The token */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TokenResponse;
                };
            };
            /** Wrong password or unknown user */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The user of the token */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Session;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listBooks: {
        readonly parameters: {
            readonly query?: {
                /** Only the books of this publisher, none for an unknown one. Since 2026; ignored by 2025. */
                readonly publisher_id?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The books */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Book[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createBook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": BookCreate;
            };
        };
        readonly responses: {
            /** The new book */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Book;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBooksByIds: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": BookBatchRequest;
            };
        };
        readonly responses: {
            /** The books that exist */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Book[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadNewBook: {
        readonly parameters: {
            readonly query?: {
                /**
                 * Since 2026, a book that exists is replaced: its files are deleted, without a copy. In 2025 it is
                 * of use for a version that exists only.
                 */
                readonly override?: boolean;
                /** The publisher, instead of that of config.json. Since 2026. */
                readonly publisher_id?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: components["requestBodies"]["Archive"];
        readonly responses: {
            /** The archive was unpacked */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BookUploadResult;
                };
            };
            readonly 400: components["responses"]["BadArchive"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No publisher with `publisher_id`. Since 2026. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 409: components["responses"]["UploadConflict"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["ValidationError"];
            /** The storage failed, or nginx cannot reach the service */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadBooks: {
        readonly parameters: {
            readonly query?: {
                /** Replace books that exist; their files are deleted, without a copy */
                readonly override?: boolean;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "multipart/form-data": BulkUploadRequest;
            };
        };
        readonly responses: {
            /** What became of each file */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BulkUploadResult;
                };
            };
            /** No file, or more than 50 */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The id of the book */
                readonly book_id: components["parameters"]["BookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The book */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Book;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly updateBook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The id of the book */
                readonly book_id: components["parameters"]["BookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": BookUpdate;
            };
        };
        readonly responses: {
            /** The book */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Book;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteBook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The id of the book */
                readonly book_id: components["parameters"]["BookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The archived book */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Book;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            /** The files could not be moved, or nginx cannot reach the service */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadBookVersion: {
        readonly parameters: {
            readonly query?: {
                /** Replace this version if it exists. 2025 only. */
                readonly override?: boolean;
            };
            readonly header?: never;
            readonly path: {
                /** The id of the book */
                readonly book_id: components["parameters"]["BookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: components["requestBodies"]["Archive"];
        readonly responses: {
            /** The archive was unpacked */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ContentUploadResult;
                };
            };
            readonly 400: components["responses"]["BadArchive"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            /** This version exists, and `override` was not set. 2025 only. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": UploadConflict;
                };
            };
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["ValidationError"];
            /** The storage failed, or nginx cannot reach the service */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listBookContents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The tree, whose root is the book's folder */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BookContents;
                };
            };
            readonly 400: components["responses"]["BadPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The configuration; any JSON value */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BookConfig;
                };
            };
            /** A segment that is not allowed, or (2025) a draft */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book (2025), or it has no config.json */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            /**
             * The file is no JSON (trying again does not help), the storage failed, or nginx cannot reach the
             * service
             */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookObject: {
        readonly parameters: {
            readonly query: {
                /**
                 * Relative to the root of the book's listing. `..`, `.` as a segment of its own and empty ones are 400, a
                 * missing one 422; dots inside a name are legal, and `./a` and `a//b` are normalised.
                 */
                readonly path: components["parameters"]["ObjectPath"];
            };
            readonly header?: {
                /**
                 * One range, `bytes=FIRST-LAST`, `bytes=FIRST-` or `bytes=-COUNT`. Anything else is 416. It wins over
                 * `If-None-Match`. Since 2026; 2025 ignores it.
                 */
                readonly Range?: string;
                /** One tag, with or without quotes; no list, no `*` and no weak tag. Since 2026. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The whole file */
            readonly 200: {
                headers: {
                    readonly "Content-Length": components["headers"]["ContentLength"];
                    /** `attachment` in 2025, `inline` in 2026, with the file's name; é ü ç as raw Latin-1 bytes */
                    readonly "Content-Disposition"?: string;
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Accept-Ranges": components["headers"]["AcceptRanges"];
                    /**
                     * Media `public, max-age=86400, immutable`, JSON `private, max-age=3600`, else
                     * `public, max-age=3600`. Since 2026.
                     */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": Blob;
                    readonly "*/*": Blob;
                };
            };
            /** A part of the file. Since 2026. */
            readonly 206: {
                headers: {
                    readonly "Content-Length": components["headers"]["ContentLength"];
                    readonly "Content-Range": components["headers"]["ContentRange"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": Blob;
                    readonly "*/*": Blob;
                };
            };
            /**
             * Not modified, with `content-type: application/json` and `cache-control`. Since 2026; a server reached
             * without nginx then closes the connection.
             */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such file */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            /** A range outside the file, any range of an empty one, or no range at all. Since 2026. */
            readonly 416: {
                headers: {
                    /** `bytes *\/SIZE` */
                    readonly "Content-Range"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookCover: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** One tag, with or without quotes */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The picture */
            readonly 200: {
                headers: {
                    readonly "Content-Length": components["headers"]["ContentLength"];
                    readonly ETag: components["headers"]["ETag"];
                    /** `public, max-age=86400, immutable` */
                    readonly "Cache-Control"?: string;
                    /** `inline` with the file's name */
                    readonly "Content-Disposition"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/*": Blob;
                };
            };
            /**
             * Not modified, with `content-type: application/json` and `cache-control`. Since 2026; a server reached
             * without nginx then closes the connection.
             */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or it has no such file */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly presignBookObject: {
        readonly parameters: {
            readonly query: {
                /**
                 * Relative to the root of the book's listing. `..`, `.` as a segment of its own and empty ones are 400, a
                 * missing one 422; dots inside a name are legal, and `./a` and `a//b` are normalised.
                 */
                readonly path: components["parameters"]["ObjectPath"];
                /** How long the URL is valid, in seconds */
                readonly expires?: number;
            };
            readonly header?: never;
            readonly path: {
                /** The publisher's name as in the book, upper and lower case included; blanks around it do not count */
                readonly publisher: components["parameters"]["Publisher"];
                /** The book's name as in the book, upper and lower case included; blanks around it do not count */
                readonly book_name: components["parameters"]["BookName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The URL */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PresignedUrl;
                };
            };
            readonly 400: components["responses"]["BadPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such file */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listTrash: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The entries */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TrashEntry[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly purgeTrash: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": TrashPurgeRequest;
            };
        };
        readonly responses: {
            /** What was deleted */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TrashPurgeResult;
                };
            };
            readonly 400: components["responses"]["BadKey"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NoEntry"];
            /** It was changed within the last 7 days, and `force` was not set */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /**
             * Input of a wrong shape. In 2025 also `force` without a reason: then `detail` is a text,
             * `override_reason is required when force=true`.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ValidationErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly restoreFromTrash: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": TrashRestoreRequest;
            };
        };
        readonly responses: {
            /** What was moved */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TrashRestoreResult;
                };
            };
            readonly 400: components["responses"]["BadKey"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NoEntry"];
            /** The book is not archived; its files have been moved */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listAppContents: {
        readonly parameters: {
            readonly query?: {
                /** Only what lies below this folder of the platform; it is not checked */
                readonly version?: string;
            };
            readonly header?: never;
            readonly path: {
                /** `linux`, `macos` or `windows`; uploads and deletions refuse all others */
                readonly platform: components["parameters"]["AppPlatform"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The tree, with the root `PLATFORM/` or `PLATFORM/VERSION/` */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": StorageNode;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadApp: {
        readonly parameters: {
            readonly query?: {
                /** Replace this version if it exists */
                readonly override?: boolean;
            };
            readonly header?: never;
            readonly path: {
                /** `linux`, `macos` or `windows`; uploads and deletions refuse all others */
                readonly platform: components["parameters"]["AppPlatform"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: components["requestBodies"]["Archive"];
        readonly responses: {
            /** The archive was unpacked */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AppUploadResult;
                };
            };
            /** A platform or an archive that is not accepted */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** This version exists, and `override` was not set */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": UploadConflict;
                };
            };
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteApp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `linux`, `macos` or `windows`; uploads and deletions refuse all others */
                readonly platform: components["parameters"]["AppPlatform"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": AppDeleteRequest;
            };
        };
        readonly responses: {
            /** Done; without a body and without a content type */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** A platform or a path that is not accepted */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            /** The files could not be moved, or nginx cannot reach the service */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                    readonly "text/html": string;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listApiKeys: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The keys */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ApiKeyList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": ApiKeyCreate;
            };
        };
        readonly responses: {
            /** The key; its secret is shown this once */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ApiKeyCreated;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly revokeApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The id of the key */
                readonly key_id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The key is revoked; it stays in the list with `is_active` false */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ApiKeyRevoked;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such key */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookAiSummaries: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": AiSummaryRequest;
            };
        };
        readonly responses: {
            /** One entry for each id */
            readonly 200: {
                headers: {
                    /** One minute */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiSummary[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteBookAiData: {
        readonly parameters: {
            readonly query?: {
                /** Whether the book is processed again afterwards */
                readonly reprocess?: boolean;
            };
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** How many files were deleted */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiDataDeletion;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["AiBookNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookAiMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The metadata */
            readonly 200: {
                headers: {
                    /** One minute */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiMetadata;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or it has not been processed */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listBookAiModules: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The modules, in short */
            readonly 200: {
                headers: {
                    /** Five minutes */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiModuleList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or it has no modules */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookAiModulesMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The modules, without their texts */
            readonly 200: {
                headers: {
                    /** Five minutes */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiModulesMetadata;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or it has no such metadata */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookAiModule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The `module_id` of the module */
                readonly module_id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The module */
            readonly 200: {
                headers: {
                    /** Five minutes */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiModule;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book or module */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookAiVocabulary: {
        readonly parameters: {
            readonly query?: {
                /** Only the words of this module, by its `module_id` */
                readonly module?: number;
            };
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The words */
            readonly 200: {
                headers: {
                    /** Five minutes */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiVocabulary;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or it has no vocabulary */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookAiAudio: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** One range of bytes */
                readonly Range?: components["parameters"]["AiRange"];
            };
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** Language of the audio: ar, de, en, es, fr, it, ja, ko, pt, ru, tr or zh. Anything else is 400. */
                readonly lang: string;
                /**
                 * The `id` of the word: letters, digits, `_` and `-`. Anything else, such as a blank or an apostrophe,
                 * is 400.
                 */
                readonly word_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The whole file */
            readonly 200: {
                headers: {
                    /** Size of this answer in bytes */
                    readonly "Content-Length"?: number;
                    /** Always `bytes` */
                    readonly "Accept-Ranges"?: string;
                    /** One hour */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/mpeg": Blob;
                };
            };
            /** A part of the file */
            readonly 206: {
                headers: {
                    /** Size of this answer in bytes */
                    readonly "Content-Length"?: number;
                    /** Always `bytes` */
                    readonly "Accept-Ranges"?: string;
                    /** One hour */
                    readonly "Cache-Control"?: string;
                    /** First byte, last byte, size of the file */
                    readonly "Content-Range"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/mpeg": Blob;
                };
            };
            /** The language or the id of the word is not allowed */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or no audio for the word */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** The range lies outside the file */
            readonly 416: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listAiContents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The manifests */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiContentSummary[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["AiBookNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createAiContent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": AiContentInput;
            };
        };
        readonly responses: {
            /** Where the content is stored */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiContentCreated;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["AiBookNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getAiContent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The content with its manifest */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiContent;
                };
            };
            readonly 400: components["responses"]["BadAiContentId"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book or content */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            /** The file storage failed, or a stored file is no JSON */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteAiContent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** How many files were deleted: manifest, content and audio */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiContentDeletion;
                };
            };
            readonly 400: components["responses"]["BadAiContentId"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book or content */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadAiContentAudioBatch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
            };
            readonly cookie?: never;
        };
        /** Any number of parts `files` */
        readonly requestBody: {
            readonly content: {
                readonly "multipart/form-data": {
                    /** MP3 files */
                    readonly files: Blob[];
                };
            };
        };
        readonly responses: {
            /** What was stored, and what was not */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiAudioBatch;
                };
            };
            readonly 400: components["responses"]["BadAiContentId"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book or content */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getAiContentAudio: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** One range of bytes */
                readonly Range?: components["parameters"]["AiRange"];
            };
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
                /** Letters, digits, `_` and `-` of ASCII, and `.mp3` at the end. Anything else is 400. */
                readonly filename: components["parameters"]["AiAudioFilename"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The whole file */
            readonly 200: {
                headers: {
                    /** Size of this answer in bytes */
                    readonly "Content-Length"?: number;
                    /** Always `bytes` */
                    readonly "Accept-Ranges"?: string;
                    /** Inline, with the file name */
                    readonly "Content-Disposition"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/mpeg": Blob;
                };
            };
            /** A part of the file */
            readonly 206: {
                headers: {
                    /** Size of this answer in bytes */
                    readonly "Content-Length"?: number;
                    /** Always `bytes` */
                    readonly "Accept-Ranges"?: string;
                    /** Inline, with the file name */
                    readonly "Content-Disposition"?: string;
                    /** First byte, last byte, size of the file */
                    readonly "Content-Range"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/mpeg": Blob;
                };
            };
            readonly 400: components["responses"]["BadAiAudioPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book or file */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** A range that cannot be read, or that ends past the end of the file */
            readonly 416: {
                headers: {
                    /** The size of the file */
                    readonly "Content-Range"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            /** The file storage failed */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadAiContentAudio: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
                /** The UUID that the service gave the content. Anything that is no UUID is 400. */
                readonly content_id: components["parameters"]["AiContentId"];
                /** Letters, digits, `_` and `-` of ASCII, and `.mp3` at the end. Anything else is 400. */
                readonly filename: components["parameters"]["AiAudioFilename"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "multipart/form-data": {
                    /** An MP3 file */
                    readonly file: Blob;
                };
            };
        };
        readonly responses: {
            /** The stored file */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": AiAudioFile;
                };
            };
            readonly 400: components["responses"]["BadAiAudioPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book or content */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly processBookAi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": ProcessingRequest;
            };
        };
        readonly responses: {
            /** The queued job */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ProcessingJob;
                };
            };
            /** The book has no files */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            /** The header is missing, or an API key asks for what only a user may */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 404: components["responses"]["AiBookNotFound"];
            /** A job of the book is queued or running; bundles are jobs, too */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly 429: components["responses"]["RateLimited"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBookAiStatus: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The state of a job of the book */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ProcessingJobStatus;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or it never had a job */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listProcessingBooks: {
        readonly parameters: {
            readonly query?: {
                /** Only books in this state of processing */
                readonly status?: string;
                /** Only books of the publisher with this name */
                readonly publisher?: string;
                /** Part of the title or the name of a book */
                readonly search?: string;
                /** Number of the page, from 1 */
                readonly page?: number;
                /** How many books a page has */
                readonly page_size?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** A page of books */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ProcessingBookList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getProcessingQueue: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The jobs in their order */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ProcessingQueue;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly clearProcessingError: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the book. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly book_id: components["parameters"]["AiBookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The job was deleted */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ProcessingErrorCleared;
                };
            };
            /** The job of the book has not failed */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or it never had a job */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly reprocessBooks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": BulkReprocessRequest;
            };
        };
        readonly responses: {
            /** What was queued */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BulkReprocessResult;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            /** The header is missing, or an API key was sent */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getProcessingSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The settings */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ProcessingSettings;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly updateProcessingSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": ProcessingSettingsUpdate;
            };
        };
        readonly responses: {
            /** The changed settings */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ProcessingSettings;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            /** The header is missing, or an API key was sent */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getPublisherProcessingSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher */
                readonly publisher_id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The settings */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherProcessingSettings;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such publisher */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly updatePublisherProcessingSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher */
                readonly publisher_id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": PublisherProcessingSettingsInput;
            };
        };
        readonly responses: {
            /** The new settings */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherProcessingSettings;
                };
            };
            /** The priority is not known */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            /** The header is missing, or an API key was sent */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** No such publisher */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listPublishers: {
        readonly parameters: {
            readonly query?: {
                /** How many of the things are passed over */
                readonly skip?: components["parameters"]["Skip"];
                /** How many things are returned at most */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** A page of the active publishers */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createPublisher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": PublisherInput;
            };
        };
        readonly responses: {
            /** The new publisher */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Publisher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 409: components["responses"]["PublisherExists"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listTrashedPublishers: {
        readonly parameters: {
            readonly query?: {
                /** How many of the things are passed over */
                readonly skip?: components["parameters"]["Skip"];
                /** How many things are returned at most */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** A page of the inactive publishers */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getPublisherByName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The exact name, percent-encoded */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The publisher */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Publisher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getPublisher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The publisher */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Publisher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly updatePublisher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": PublisherUpdate;
            };
        };
        readonly responses: {
            /** The changed publisher */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Publisher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 409: components["responses"]["PublisherExists"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deletePublisher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The publisher, now inactive */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Publisher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly restorePublisher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The publisher, active again */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Publisher;
                };
            };
            /** The publisher is not inactive */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deletePublisherPermanently: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** Deleted. No body, although `content-type: application/json` is sent. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** The publisher is not inactive */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listPublisherBooks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The books */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Book[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getPublisherLogo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The bytes of the picture; the content type is the stored one, else `image/png` */
            readonly 200: {
                headers: {
                    /** Size in bytes */
                    readonly "Content-Length"?: number;
                    /** Inline, with the file name */
                    readonly "Content-Disposition"?: string;
                    /** One day */
                    readonly "Cache-Control"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/png": Blob;
                    readonly "*/*": Blob;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such publisher, or it has no logo */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listPublisherAssetTypes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The types that hold files */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherAssetTypes;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listPublisherAssets: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
                /**
                 * 1 to 50 lower-case letters, digits, hyphens or underscores; not `books`, `trash` or `temp`. Anything
                 * else is 400.
                 */
                readonly asset_type: components["parameters"]["AssetType"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The files */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherAsset[];
                };
            };
            readonly 400: components["responses"]["BadAssetType"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadPublisherAsset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
                /**
                 * 1 to 50 lower-case letters, digits, hyphens or underscores; not `books`, `trash` or `temp`. Anything
                 * else is 400.
                 */
                readonly asset_type: components["parameters"]["AssetType"];
            };
            readonly cookie?: never;
        };
        /** The file name of the part becomes the name of the asset. */
        readonly requestBody: {
            readonly content: {
                readonly "multipart/form-data": {
                    /** The bytes of the asset */
                    readonly file: Blob;
                };
            };
        };
        readonly responses: {
            /** The stored file, with the content type that was sent and a time with six digits */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherAsset;
                };
            };
            /** The asset type is not allowed, or the part has no file name */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            /** The file storage failed */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getPublisherAsset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
                /**
                 * 1 to 50 lower-case letters, digits, hyphens or underscores; not `books`, `trash` or `temp`. Anything
                 * else is 400.
                 */
                readonly asset_type: components["parameters"]["AssetType"];
                /** The file name of the asset */
                readonly filename: components["parameters"]["AssetFilename"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The whole file; the content type is the stored one */
            readonly 200: {
                headers: {
                    /** Size in bytes */
                    readonly "Content-Length"?: number;
                    /** Inline, with the file name */
                    readonly "Content-Disposition"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": Blob;
                    readonly "*/*": Blob;
                };
            };
            readonly 400: components["responses"]["BadAssetType"];
            /** No such publisher or file; a failure of the file storage looks the same */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deletePublisherAsset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the publisher. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly publisher_id: components["parameters"]["PublisherId"];
                /**
                 * 1 to 50 lower-case letters, digits, hyphens or underscores; not `books`, `trash` or `temp`. Anything
                 * else is 400.
                 */
                readonly asset_type: components["parameters"]["AssetType"];
                /** The file name of the asset */
                readonly filename: components["parameters"]["AssetFilename"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** Reports success, although nothing was moved */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": PublisherAssetDeletion;
                };
            };
            readonly 400: components["responses"]["BadAssetType"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["PublisherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            /** The file storage failed */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listTeacherIds: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The ids */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherIds;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** The file storage failed */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadTeacherMaterial: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
                readonly teacher_id: components["parameters"]["TeacherKey"];
            };
            readonly cookie?: never;
        };
        /** The part needs a file name and a content type. */
        readonly requestBody: {
            readonly content: {
                readonly "multipart/form-data": {
                    /** The bytes of the material */
                    readonly file: Blob;
                };
            };
        };
        readonly responses: {
            /** The stored file and its record */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherMaterial;
                };
            };
            /** The id, the file name or the content type is not usable */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** Larger than 100 MB. nginx answers HTML for more than its own limit. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** The content type is not allowed; the text lists those that are */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            /** The file storage failed */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listTeacherMaterials: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
                readonly teacher_id: components["parameters"]["TeacherKey"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The tree */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": StorageNode;
                };
            };
            readonly 400: components["responses"]["BadTeacherPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getTeacherMaterial: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** One range of bytes */
                readonly Range?: string;
            };
            readonly path: {
                /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
                readonly teacher_id: components["parameters"]["TeacherKey"];
                /**
                 * The path below `materials/`. Slashes separate folders and are kept; everything else is
                 * percent-encoded.
                 */
                readonly path: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The whole file, with its stored type (`text/plain` with `charset=utf-8`) */
            readonly 200: {
                headers: {
                    /** Size in bytes */
                    readonly "Content-Length"?: number;
                    /** Inline, with the file name */
                    readonly "Content-Disposition"?: string;
                    /** Always `bytes` */
                    readonly "Accept-Ranges"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": Blob;
                    readonly "*/*": Blob;
                };
            };
            /** A part of the file */
            readonly 206: {
                headers: {
                    /** Size of the part in bytes */
                    readonly "Content-Length"?: number;
                    /** First byte, last byte, size of the file */
                    readonly "Content-Range"?: string;
                    /** Inline, with the file name */
                    readonly "Content-Disposition"?: string;
                    /** Always `bytes` */
                    readonly "Accept-Ranges"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": Blob;
                    readonly "*/*": Blob;
                };
            };
            readonly 400: components["responses"]["BadTeacherPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such file */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** A range that cannot be read, or that ends past the end of the file */
            readonly 416: {
                headers: {
                    /** The size of the file */
                    readonly "Content-Range"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** The file storage failed */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteTeacherMaterial: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The callers' own id of the teacher, for example a UUID. A blank one is 400. */
                readonly teacher_id: components["parameters"]["TeacherKey"];
                /**
                 * The path below `materials/`. Slashes separate folders and are kept; everything else is
                 * percent-encoded.
                 */
                readonly path: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The folder was moved */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherMaterialDeletion;
                };
            };
            readonly 400: components["responses"]["BadTeacherPath"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such folder, or the path of a file */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** The file storage failed */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listTeachers: {
        readonly parameters: {
            readonly query?: {
                /** How many of the things are passed over */
                readonly skip?: components["parameters"]["Skip"];
                /** How many things are returned at most */
                readonly limit?: components["parameters"]["Limit"];
                /** Part of the `teacher_id` or of the `display_name` */
                readonly search?: string;
                /** Only teachers with this status */
                readonly status?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** A page of teachers */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createTeacher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": TeacherInput;
            };
        };
        readonly responses: {
            /** The new teacher */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Teacher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** The `teacher_id` is taken */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listTrashedTeachers: {
        readonly parameters: {
            readonly query?: {
                /** How many of the things are passed over */
                readonly skip?: components["parameters"]["Skip"];
                /** How many things are returned at most */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** A page of the inactive teachers */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getTeacherByExternalId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `teacher_id` of the record */
                readonly external_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The teacher */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Teacher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getTeacher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The teacher */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Teacher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly updateTeacher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": TeacherUpdate;
            };
        };
        readonly responses: {
            /** The changed teacher */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Teacher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteTeacher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The teacher, now inactive */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Teacher;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly restoreTeacher: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The teacher, active again */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Teacher;
                };
            };
            /** The teacher is not inactive */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteTeacherPermanently: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** Deleted. No body, although `content-type: application/json` is sent. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** The teacher is not inactive */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getTeacherStorageStats: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The numbers */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherStorageStats;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listTeacherMaterialRecords: {
        readonly parameters: {
            readonly query?: {
                /** How many of the things are passed over */
                readonly skip?: components["parameters"]["Skip"];
                /** How many things are returned at most */
                readonly limit?: components["parameters"]["Limit"];
                /** Only materials of this type, which is the extension of the file name */
                readonly file_type?: string;
            };
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** A page of materials */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherMaterialRecordList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TeacherNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getTeacherMaterialRecord: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the record, not its `teacher_id`. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly teacher_id: components["parameters"]["TeacherRecordId"];
                /** The `id` of the material */
                readonly material_id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The material */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": TeacherMaterialRecord;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such teacher or material */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listWebhooks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The subscriptions */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": WebhookSubscription[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": WebhookInput;
            };
        };
        readonly responses: {
            /** The new subscription */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": WebhookSubscription;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** A field is missing, too long or too short */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ValidationErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the subscription. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The subscription */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": WebhookSubscription;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["WebhookNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly updateWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the subscription. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": WebhookUpdate;
            };
        };
        readonly responses: {
            /** The changed subscription */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": WebhookSubscription;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["WebhookNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the subscription. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** Removed. No body, although `content-type: application/json` is sent. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["WebhookNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listWebhookLogs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `id` of the subscription. Not an integer: 422; unknown: 404; above int32: 500. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The deliveries */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": WebhookLog[];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["WebhookNotFound"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listStandaloneApps: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The templates */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": StandaloneAppList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly uploadStandaloneApp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `mac`, `win`, `win7-8` or `linux`. Anything else is 400. */
                readonly platform: components["parameters"]["StandalonePlatform"];
            };
            readonly cookie?: never;
        };
        /** The file name of the part must end in `.zip`. */
        readonly requestBody: {
            readonly content: {
                readonly "multipart/form-data": {
                    /** A ZIP */
                    readonly file: Blob;
                };
            };
        };
        readonly responses: {
            /** The stored template */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": StandaloneAppUpload;
                };
            };
            /** The platform is unknown, or the file is no ZIP */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 422: components["responses"]["ValidationError"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteStandaloneApp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `mac`, `win`, `win7-8` or `linux`. Anything else is 400. */
                readonly platform: components["parameters"]["StandalonePlatform"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** Deleted. No body. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadStandalonePlatform"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No template for the platform */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getStandaloneAppDownload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** `mac`, `win`, `win7-8` or `linux`. Anything else is 400. */
                readonly platform: components["parameters"]["StandalonePlatform"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The link */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": StandaloneAppDownload;
                };
            };
            readonly 400: components["responses"]["BadStandalonePlatform"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createBundle: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": BundleRequest;
            };
        };
        readonly responses: {
            /** The bundle */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Bundle;
                };
            };
            readonly 401: components["responses"]["InvalidTokenOrKey"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or no template for the platform */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** A field is missing or has a wrong type, or the platform is unknown */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ValidationErrorResponse;
                };
            };
            /** The bundle could not be built */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly createBundleJob: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": BundleRequest;
            };
        };
        readonly responses: {
            /** The queued job */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BundleJobCreated;
                };
            };
            readonly 401: components["responses"]["InvalidTokenOrKey"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such book, or no template for the platform */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            /** A field is missing or has a wrong type, or the platform is unknown */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ValidationErrorResponse;
                };
            };
            /** The job could not be queued (JSON), or the service failed (text/plain) */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly getBundleJob: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `job_id` of the job */
                readonly job_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The job */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BundleJob;
                };
            };
            readonly 401: components["responses"]["InvalidTokenOrKey"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such job */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly listBundles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The bundles */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": BundleList;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly deleteBundle: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** The `object_name` of the bundle. Its slashes are kept; everything else is percent-encoded. */
                readonly object_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** Deleted. No body. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** No such bundle */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": ErrorResponse;
                };
            };
            readonly "5XX": components["responses"]["ServerError"];
        };
    };
    readonly onWebhookEvent: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * `sha256=` and the hex HMAC-SHA256 of the raw body in lower case. The key is the secret of the
                 * subscription in UTF-8.
                 */
                readonly "X-Webhook-Signature": components["parameters"]["WebhookSignature"];
                /** The same for all deliveries */
                readonly "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": WebhookEvent;
            };
        };
        readonly responses: {
            /** Received. The body is not used; its first 1000 characters are kept in the log. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * Anything else is a failure, redirects included (they are not followed): the same body and signature
             * are sent again, 3 attempts in all, 1 and 2 seconds apart. Each attempt may take 30 seconds. After
             * the third the event is lost; the subscription stays active.
             */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
