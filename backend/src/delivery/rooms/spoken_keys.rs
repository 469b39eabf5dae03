//! Keys that are read out to a room without a network (ADR 53): by who runs the day, over a telephone, and noted.

use super::{RunExamDay, acts};
use crate::{
    access::Permit,
    delivery::{entity::room_act, store},
    papers,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{self, SittingFacts},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{ReadOutKeys, RoomActKind, RoomRefusal, SpokenKey},
    ids::{AccountId, ExamSessionId, PaperId},
    papers::{paper_mark, spoken_key, spoken_secret},
    time::Timestamp,
};

/// The keys of a test's papers, for one of its rooms. That they were told stands among the acts of the room, and is what
/// devices of this room may refer to that began without a network. A repeat with the same key notes it once.
///
/// # Errors
/// The room's field if it is none of the test; `wrong-state` as [`RoomRefusal::KeyKept`] says, and as long as custodians
/// have not handed in enough shares.
pub(super) async fn read_out(
    cx: &Services,
    permit: &Permit<RunExamDay>,
    key: &IdempotencyKey,
    new: &ReadOutKeys,
) -> AppResult<Vec<SpokenKey>> {
    let (id, person) = (*permit.target(), permit.person()?);
    let mut keys = Vec::new();
    for paper in sittings::exam_session_facts(cx, id).await?.papers {
        if !sittings::is_key_read_out(cx, id, paper).await? {
            return Err(AppError::refused(RoomRefusal::KeyKept));
        }
        keys.push(spoken(cx, paper).await?);
    }
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(id, new), async || {
                sittings::lock_exam_session(tx, id).await?;
                let row = reading(tx, id, (person, new)).await?;
                tx.note("exam_session", id.to_string());
                tx.note("exam_room", new.exam_room_id.to_string());
                acts::append(tx, id, vec![row]).await
            })
            .await
        })
        .await?;
    Ok(keys)
}

async fn spoken(cx: &Services, id: PaperId) -> AppResult<SpokenKey> {
    let head = papers::package_head(cx, id).await?;
    let code = match head.spoken_key {
        Some(_) => Some(spoken_key(&spoken_secret(id, &papers::content_key(cx, id).await?))),
        None => None,
    };
    Ok(SpokenKey { title: papers::paper(cx, id).await?.title, mark: paper_mark(&head.sha256), code })
}

/// What is kept of it: never what was read out.
async fn reading(tx: &Tx, id: ExamSessionId, (person, new): (AccountId, &ReadOutKeys)) -> AppResult<room_act::Model> {
    let rooms = sittings::rooms_of(tx.conn(), id).await?;
    let room = rooms.iter().find(|known| known.exam_room_id == new.exam_room_id);
    let room = room.ok_or_else(|| AppError::field("/exam_room_id", "not-found"))?;
    Ok(room_act::Model {
        exam_session_id: id,
        number: 0,
        exam_site_id: Some(room.exam_site_id),
        exam_room_id: Some(room.exam_room_id),
        sitting_id: None,
        kind: RoomActKind::ReadOutKey.as_str().to_owned(),
        text: None,
        seconds: None,
        epoch: None,
        seat: None,
        is_identity_right: None,
        acted_by: person,
        acted_at: tx.now(),
    })
}

/// When a key was read out first in the room of a candidate, if any was.
pub(in crate::delivery) async fn key_read_out_at(
    conn: &impl ConnectionTrait,
    sitting: &SittingFacts,
) -> AppResult<Option<Timestamp>> {
    match sittings::room_of_sitting(conn, sitting).await? {
        Some((room, _)) => store::find_reading(conn, sitting.exam_session_id, Some(room)).await,
        None => Ok(None),
    }
}
