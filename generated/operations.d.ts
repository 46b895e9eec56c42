// Generated from the contract by `npm run generate`: change openapi/, not this file.

/** The operations that need no login, such as `GET /health`. */
export declare const PUBLIC_OPERATIONS: readonly string[];

/** The operations whose body is sent as multipart/form-data, such as `POST /books/upload`. */
export declare const FORM_OPERATIONS: readonly string[];

/** The operations whose answer is a file. */
export declare const FILE_OPERATIONS: readonly string[];

/** The operations that accept an API key in the place of a token. */
export declare const API_KEY_OPERATIONS: readonly string[];

/** The operations that the 2025 service does not have. */
export declare const OPERATIONS_SINCE_2026: readonly string[];
