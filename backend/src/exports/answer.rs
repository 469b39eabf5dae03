//! A file as the answer to a request.

use super::WORKBOOK;
use crate::platform::error::{AppError, AppResult};
use actix_web::{
    HttpResponse,
    body::SizedStream,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ContentEncoding},
    web::{Bytes, block},
};
use futures::{Stream, stream::try_unfold};
use serde_json::Value;
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

/// Bytes that are sent at a time.
const PART: usize = 64 * 1024;
/// The header that says how many rows a list has.
const ROWS: &str = "x-rows";

/// The whole file, part by part. It is compressed already.
pub(super) fn answer(name: &str, rows: u32, mut file: File) -> AppResult<HttpResponse> {
    let bytes = file.seek(SeekFrom::End(0)).map_err(AppError::internal)?;
    file.rewind().map_err(AppError::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, WORKBOOK))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.xlsx\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(ContentEncoding::Identity)
        .insert_header((ROWS, rows.to_string()))
        .body(SizedStream::new(bytes, parts(file))))
}

/// Rows as one document in JSON.
pub(super) fn document(name: &str, count: u32, rows: &[Value]) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.json\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((ROWS, count.to_string()))
        .json(rows)
}

fn parts(file: File) -> impl Stream<Item = io::Result<Bytes>> {
    try_unfold(file, |file| async move { block(move || next_part(file)).await.map_err(io::Error::other)? })
}

/// The next part, and what is left; nothing at the end.
fn next_part(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let mut part = vec![0; PART];
    let bytes = file.read(&mut part)?;
    part.truncate(bytes);
    Ok((bytes > 0).then(|| (part.into(), file)))
}
