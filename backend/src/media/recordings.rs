//! Video and sound of lessons, and sound of items: looked at, freed of what a camera wrote into them, kept part by part
//! (ADR 18).

mod routes;
mod serve;
mod spool;

pub(super) use routes::routes;

use super::{
    entity::{recording, recording_part},
    store,
};
use crate::{
    access::{Permit, actions},
    platform::{
        Services,
        db::{Permission, Tx},
        error::{AppError, AppResult},
    },
};
use actix_web::web::block;
use base64::{Engine, engine::general_purpose::STANDARD};
use shared::media::recording::{RecordingName, RecordingView};
use spool::{Settled, Spool};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
};

/// Bytes of a part: what one reader holds in memory.
const PART_BYTES: u64 = 512 * 1024;

actions! {
    /// Add video or sound for lessons, or sound for items.
    AddRecording(String) = AddPicture;
}

/// Keeps what was received, if it is a recording that every phone plays. The same recording is kept once.
///
/// # Errors
/// The field `/recording` with the reason, or `too-large`.
async fn add(cx: &Services, permit: &Permit<AddRecording>, spool: Spool) -> AppResult<RecordingView> {
    let Settled { mut file, name, begins_late, lost_subtitles } = spool.settle(cx.config.recordings).await?;
    if store::find_recording(cx.db.read(), &name.sha256).await?.is_none() {
        for part in 0..i32::try_from(name.bytes.div_ceil(PART_BYTES)).map_err(AppError::internal)? {
            file = keep_part(cx, &name, part, file).await?;
        }
    }
    cx.db
        .write(permit, async |tx| {
            tx.note("sha256", name.sha256.clone());
            tx.note("bytes", name.bytes);
            let row = recording::Model {
                sha256: name.sha256.clone(),
                kind: name.kind.extension().to_owned(),
                bytes: i64::try_from(name.bytes).map_err(AppError::internal)?,
                added_by: permit.actor_id(),
                added_at: tx.now(),
            };
            store::insert_recording(tx.conn(), row).await
        })
        .await?;
    let is_video = name.kind.is_video();
    Ok(RecordingView { path: name.path(), bytes: name.bytes, is_video, begins_late, lost_subtitles })
}

/// Which of these are not there, as a write sees it.
///
/// # Errors
/// If the store fails.
pub async fn missing_recordings(tx: &Tx, names: &BTreeSet<RecordingName>) -> AppResult<BTreeSet<RecordingName>> {
    if names.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sha256: Vec<String> = names.iter().map(|name| name.sha256.clone()).collect();
    let rows = store::list_recordings(tx.conn(), &sha256).await?;
    Ok(names.iter().filter(|name| !rows.iter().any(|row| is_named(row, name))).cloned().collect())
}

/// Each of these recordings as an address that holds the recording itself, by where it is; those that are not there are
/// left out. All of them are in memory then, so who asks knows what they weigh.
///
/// # Errors
/// If the store fails, or lost a part.
pub async fn held_recordings(cx: &Services, names: &BTreeSet<RecordingName>) -> AppResult<BTreeMap<String, String>> {
    let mut held = BTreeMap::new();
    for name in names {
        let row = store::find_recording(cx.db.read(), &name.sha256).await?;
        if !row.is_some_and(|row| is_named(&row, name)) {
            continue;
        }
        let mut content = Vec::new();
        for part in 0..i32::try_from(name.bytes.div_ceil(PART_BYTES)).map_err(AppError::internal)? {
            let part = store::find_recording_part(cx.db.read(), &name.sha256, part).await?;
            content.extend(part.ok_or_else(|| AppError::internal("a part of a recording is gone"))?);
        }
        held.insert(name.path(), format!("data:{};base64,{}", name.kind.media_type(), STANDARD.encode(&content)));
    }
    Ok(held)
}

/// Whether this is the name of a recording: the same content under another name is not found.
fn is_named(row: &recording::Model, name: &RecordingName) -> bool {
    let bytes = u64::try_from(row.bytes) == Ok(name.bytes);
    row.sha256 == name.sha256 && row.kind == name.kind.extension() && bytes
}

/// Keeps one part, in a moment of its own, so that whoever else writes waits for no more. Nobody reads it before the
/// recording is there, whose row says who added it.
async fn keep_part(cx: &Services, name: &RecordingName, part: i32, file: File) -> AppResult<File> {
    let (file, content) = block(move || spool::next_part(file)).await.map_err(AppError::internal)??;
    let row = recording_part::Model { sha256: name.sha256.clone(), part, content };
    cx.db.write_journal(async |conn| store::insert_recording_part(conn, row.clone()).await).await?;
    Ok(file)
}
