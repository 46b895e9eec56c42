// Generated from the contract by `npm run generate`: change openapi/, not this file.

/** The operations that need no login, such as `GET /health`. */
export const PUBLIC_OPERATIONS = [
  "GET /",
  "GET /health",
  "POST /auth/login"
];

/** The operations whose body is sent as multipart/form-data, such as `POST /books/upload`. */
export const FORM_OPERATIONS = [
  "POST /books/upload",
  "POST /books/upload-bulk",
  "POST /books/{book_id}/upload",
  "POST /apps/{platform}/upload"
];

/** The operations whose answer is a file. */
export const FILE_OPERATIONS = [
  "GET /storage/books/{publisher}/{book_name}/object",
  "GET /storage/books/{publisher}/{book_name}/cover"
];

/** The operations that accept an API key in the place of a token. */
export const API_KEY_OPERATIONS = [
  "GET /books/",
  "POST /books/",
  "POST /books/batch",
  "POST /books/upload",
  "POST /books/upload-bulk",
  "GET /books/{book_id}",
  "PUT /books/{book_id}",
  "DELETE /books/{book_id}",
  "POST /books/{book_id}/upload"
];

/** The operations that the 2025 service does not have. */
export const OPERATIONS_SINCE_2026 = [
  "POST /books/batch",
  "POST /books/upload-bulk",
  "GET /storage/books/{publisher}/{book_name}/cover",
  "GET /storage/books/{publisher}/{book_name}/presigned"
];
