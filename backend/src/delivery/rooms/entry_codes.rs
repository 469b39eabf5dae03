//! The entry code of a room in a test: it follows from a key, the test and the room, so it is kept nowhere, and every
//! node knows it.

use crate::{
    platform::{Services, crypto::derive_key, error::AppResult},
    sittings::{self, ExamSessionFacts, RoomFacts, SittingFacts},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{entry_code_of, read_entry_code},
    ids::{ExamRoomId, ExamSessionId},
};

fn entry_code(cx: &Services, id: ExamSessionId, room: ExamRoomId) -> AppResult<String> {
    Ok(entry_code_of(&derive_key(&cx.keys.entry_codes, &format!("{id} {room}"))?))
}

/// The code that is read out in a room; `None` if the test asks for none.
///
/// # Errors
/// Never for a key of the right length.
pub(super) fn of_room(cx: &Services, test: &ExamSessionFacts, room: &RoomFacts) -> AppResult<Option<String>> {
    test.rules.asks_entry_code.then(|| entry_code(cx, test.id, room.exam_room_id)).transpose()
}

/// The room whose code the first opening of a sitting needs; none once it was opened, and none for who has no seat:
/// nobody would read a code to them.
async fn asking_room(conn: &impl ConnectionTrait, sitting: &SittingFacts) -> AppResult<Option<ExamRoomId>> {
    if !sitting.rules.asks_entry_code || sitting.epoch > 0 {
        return Ok(None);
    }
    Ok(sittings::room_of_sitting(conn, sitting).await?.map(|(room, _)| room))
}

/// Whether the first opening of a sitting needs a code.
///
/// # Errors
/// If the store fails.
pub(in crate::delivery) async fn asks_entry_code(
    conn: &impl ConnectionTrait,
    sitting: &SittingFacts,
) -> AppResult<bool> {
    Ok(asking_room(conn, sitting).await?.is_some())
}

/// Whether an opening needs a code, and what was typed is not it.
///
/// # Errors
/// If the store fails.
pub(in crate::delivery) async fn lacks_entry_code(
    cx: &Services,
    conn: &impl ConnectionTrait,
    sitting: &SittingFacts,
    typed: Option<&str>,
) -> AppResult<bool> {
    let Some(room) = asking_room(conn, sitting).await? else { return Ok(false) };
    Ok(typed.and_then(read_entry_code) != Some(entry_code(cx, sitting.exam_session_id, room)?))
}
