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
}
export type webhooks = Record<string, never>;
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
                readonly publisher_id?: number | null;
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
                readonly publisher_id?: number | null;
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
                readonly Range?: string | null;
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
                readonly version?: string | null;
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
}
