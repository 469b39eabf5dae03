//! A file as the answer to a request.

use super::WORKBOOK;
use crate::platform::error::{AppError, AppResult};
use actix_web::{
    HttpResponse,
    body::SizedStream,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ContentEncoding, ContentType},
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

/// Rows as one document in JSON, which is written while it is sent: no more of it is in memory than one part. A row that
/// cannot be told breaks it off, so that nobody takes what is there for the whole.
pub fn json_document<R>(name: &str, rows: R) -> HttpResponse
where
    R: ExactSizeIterator<Item = AppResult<Value>> + 'static,
{
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.json\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((ROWS, rows.len().to_string()))
        .streaming(json_parts(rows))
}

/// The document part by part.
fn json_parts<R>(rows: R) -> impl Stream<Item = AppResult<Bytes>>
where
    R: Iterator<Item = AppResult<Value>>,
{
    try_unfold(Some((rows, b'[')), |left| async move {
        let Some((mut rows, mut before)) = left else { return Ok(None) };
        let mut part = Vec::with_capacity(PART);
        while part.len() < PART {
            let Some(row) = rows.next() else {
                if before == b'[' {
                    part.push(before);
                }
                part.push(b']');
                return Ok(Some((Bytes::from(part), None)));
            };
            part.push(before);
            serde_json::to_writer(&mut part, &row?).map_err(AppError::internal)?;
            before = b',';
        }
        Ok(Some((Bytes::from(part), Some((rows, before)))))
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{TryStreamExt, executor::block_on};
    use serde_json::json;

    fn written(rows: Vec<AppResult<Value>>) -> AppResult<Vec<Bytes>> {
        block_on(json_parts(rows.into_iter()).try_collect())
    }

    #[test]
    fn a_document_is_one_list_however_many_parts_it_has() {
        for count in [0, 1, 2, 1_000] {
            let rows: Vec<Value> = (0..count).map(|row| json!({ "row": row, "text": "x".repeat(200) })).collect();
            let parts = written(rows.iter().cloned().map(Ok).collect()).unwrap();
            assert_eq!(parts.len() > 1, count == 1_000);
            let whole: Vec<u8> = parts.iter().flat_map(|part| part.to_vec()).collect();
            assert_eq!(serde_json::from_slice::<Vec<Value>>(&whole).unwrap(), rows);
        }
    }

    #[test]
    fn a_row_that_cannot_be_told_breaks_the_document_off() {
        assert!(written(vec![Ok(json!(1)), Err(AppError::internal("broken"))]).is_err());
    }
}
