//! Time that is given back to one candidate, a room, a site, or everybody, by who runs the day; what goes beyond half an
//! hour, by two of them.

use super::{RunExamDay, acts};
use crate::{
    access::Permit,
    delivery::{
        entity::{extension_proposal, room_act},
        store::{self, to_i32},
    },
    identity,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{self, Extended, GivenBy},
};
use shared::{
    delivery::{
        DecideExtension, ExtensionOutcome, ExtensionProposal, NewExtension, RoomActKind, RoomRefusal, SiteProgress,
        WaitingExtension, judge_extension,
    },
    ids::{AccountId, ExamRoomId, ExamSessionId, ExamSiteId, ExtensionProposalId, SittingId},
    sittings::ExamSessionState,
};
use std::collections::HashMap;

/// For whom it is, and where that is.
#[derive(Clone, Copy)]
struct Target {
    to: Extended,
    site: Option<ExamSiteId>,
    room: Option<ExamRoomId>,
    sitting: Option<SittingId>,
}

/// Time to be given.
struct Gift<'a> {
    target: Target,
    minutes: u16,
    reason: &'a str,
    by: GivenBy,
}

/// Gives time back; what needs a second person is proposed. A repeat with the same key does it once.
///
/// # Errors
/// The fields that are wrong; `wrong-state` unless the key is armed.
pub(super) async fn extend(
    cx: &Services,
    permit: &Permit<RunExamDay>,
    key: &IdempotencyKey,
    new: &NewExtension,
) -> AppResult<ExtensionOutcome> {
    let (id, person) = (*permit.target(), permit.person()?);
    let new = new.checked().map_err(AppError::Invalid)?;
    let proposal_id: ExtensionProposalId = cx.ids.new_id();
    let extended = cx.db.write(permit, async |tx| {
        once(tx, person, key, &(id, &new), async || {
            lock_running(tx, id).await?;
            let gift = Gift {
                target: target(tx, id, &new).await?,
                minutes: new.minutes,
                reason: &new.reason,
                by: if new.needs_second_person() { GivenBy::Two } else { GivenBy::One },
            };
            match gift.by {
                GivenBy::One => give(tx, id, person, &gift).await,
                GivenBy::Two => propose(tx, (id, proposal_id), person, &gift).await,
            }
        })
        .await
    });
    extended.await
}

/// Gives time that another person proposed, or lets it be. Repeating it changes nothing.
///
/// # Errors
/// A field error if there is no such proposal; `wrong-state` unless the key is armed, or if it was decided otherwise;
/// `second-person-needed` for who proposed it.
pub(super) async fn decide(
    cx: &Services,
    permit: &Permit<RunExamDay>,
    key: &IdempotencyKey,
    decision: DecideExtension,
) -> AppResult<ExtensionOutcome> {
    let (id, person) = (*permit.target(), permit.person()?);
    let DecideExtension { extension_id, is_confirmed } = decision;
    let decided = cx.db.write(permit, async |tx| {
        once(tx, person, key, &(id, decision), async || {
            lock_running(tx, id).await?;
            let found = store::find_extension(tx.conn(), (id, extension_id)).await?;
            let row = found.ok_or_else(|| AppError::field("/extension_id", "not-found"))?;
            if !judge_extension(&proposal_of(&row), person, is_confirmed).map_err(AppError::refused)? {
                return Ok(outcome_of(&row));
            }
            tx.note("extension", extension_id.to_string());
            tx.note("proposed_by", row.proposed_by.to_string());
            if is_confirmed { confirm(tx, person, &row).await } else { drop_it(tx, person, &row).await }
        })
        .await
    });
    decided.await
}

/// Time is given while the test runs alone. Acts of a test are numbered one after another.
async fn lock_running(tx: &Tx, id: ExamSessionId) -> AppResult<()> {
    match sittings::lock_exam_session(tx, id).await?.state {
        ExamSessionState::Armed => Ok(()),
        _ => Err(AppError::refused(RoomRefusal::NotRunning)),
    }
}

async fn give(tx: &Tx, id: ExamSessionId, person: AccountId, gift: &Gift<'_>) -> AppResult<ExtensionOutcome> {
    let seconds = u32::from(gift.minutes) * 60;
    let (extended, passed_over) = sittings::return_time(tx, id, gift.target.to, (seconds, gift.by)).await?;
    tx.note("seconds", seconds);
    tx.note("extended", extended);
    tx.note("passed_over", passed_over);
    let row = room_act::Model {
        exam_session_id: id,
        number: 0,
        exam_site_id: gift.target.site,
        exam_room_id: gift.target.room,
        sitting_id: gift.target.sitting,
        kind: RoomActKind::ReturnTime.as_str().to_owned(),
        text: Some(gift.reason.to_owned()),
        seconds: Some(to_i32(seconds)?),
        epoch: None,
        seat: None,
        is_identity_right: None,
        acted_by: person,
        acted_at: tx.now(),
    };
    acts::append(tx, id, vec![row]).await?;
    Ok(ExtensionOutcome { extended, passed_over, is_waiting: false })
}

async fn propose(
    tx: &Tx,
    (exam_session_id, id): (ExamSessionId, ExtensionProposalId),
    proposed_by: AccountId,
    gift: &Gift<'_>,
) -> AppResult<ExtensionOutcome> {
    tx.note("proposed", id.to_string());
    tx.note("minutes", gift.minutes);
    let row = extension_proposal::Model {
        id,
        exam_session_id,
        exam_site_id: gift.target.site,
        exam_room_id: gift.target.room,
        sitting_id: gift.target.sitting,
        minutes: i32::from(gift.minutes),
        reason: gift.reason.to_owned(),
        proposed_by,
        proposed_at: tx.now(),
        confirmed_by: None,
        dropped_by: None,
        decided_at: None,
        extended: None,
        passed_over: None,
    };
    store::insert_extension(tx.conn(), row).await?;
    Ok(ExtensionOutcome { is_waiting: true, ..ExtensionOutcome::default() })
}

async fn confirm(tx: &Tx, person: AccountId, row: &extension_proposal::Model) -> AppResult<ExtensionOutcome> {
    let gift = Gift { target: target_of(row), minutes: minutes_of(row), reason: &row.reason, by: GivenBy::Two };
    let outcome = give(tx, row.exam_session_id, person, &gift).await?;
    let counts = (to_i32(outcome.extended)?, to_i32(outcome.passed_over)?);
    store::note_confirmed(tx.conn(), row.id, (person, tx.now()), counts).await?;
    Ok(outcome)
}

async fn drop_it(tx: &Tx, person: AccountId, row: &extension_proposal::Model) -> AppResult<ExtensionOutcome> {
    store::note_dropped(tx.conn(), row.id, (person, tx.now())).await?;
    Ok(ExtensionOutcome::default())
}

/// A proposal, as far as its rules go.
fn proposal_of(row: &extension_proposal::Model) -> ExtensionProposal {
    let given = row.confirmed_by.map(|person| (person, true));
    ExtensionProposal { proposed_by: row.proposed_by, decided: given.or(row.dropped_by.map(|person| (person, false))) }
}

fn outcome_of(row: &extension_proposal::Model) -> ExtensionOutcome {
    let count = |count: Option<i32>| count.and_then(|count| u32::try_from(count).ok()).unwrap_or_default();
    ExtensionOutcome { extended: count(row.extended), passed_over: count(row.passed_over), is_waiting: false }
}

fn minutes_of(row: &extension_proposal::Model) -> u16 {
    u16::try_from(row.minutes).unwrap_or_default()
}

fn target_of(row: &extension_proposal::Model) -> Target {
    let to = match (row.sitting_id, row.exam_room_id, row.exam_site_id) {
        (Some(sitting), ..) => Extended::Sitting(sitting),
        (None, Some(room), _) => Extended::Room(room),
        (None, None, Some(site)) => Extended::Site(site),
        (None, None, None) => Extended::All,
    };
    Target { to, site: row.exam_site_id, room: row.exam_room_id, sitting: row.sitting_id }
}

async fn target(tx: &Tx, id: ExamSessionId, new: &NewExtension) -> AppResult<Target> {
    let everybody = Target { to: Extended::All, site: None, room: None, sitting: None };
    if let Some(ticket_number) = &new.ticket_number {
        let found = sittings::sitting_by_ticket(tx.conn(), id, ticket_number).await?;
        let sitting = found.ok_or_else(|| AppError::field("/ticket_number", "not-found"))?;
        let facts = sittings::lock_sittings(tx.conn(), &[sitting]).await?.pop();
        let place = match &facts {
            Some(facts) => sittings::room_of_sitting(tx.conn(), facts).await?,
            None => None,
        };
        let (room, site) = place.unzip();
        return Ok(Target { to: Extended::Sitting(sitting), site, room, sitting: Some(sitting) });
    }
    if new.exam_room_id.is_none() && new.exam_site_id.is_none() {
        return Ok(everybody);
    }
    let rooms = sittings::rooms_of(tx.conn(), id).await?;
    if let Some(room) = new.exam_room_id {
        let found = rooms.iter().find(|known| known.exam_room_id == room);
        let site = found.ok_or_else(|| AppError::field("/exam_room_id", "not-found"))?.exam_site_id;
        return Ok(Target { to: Extended::Room(room), site: Some(site), room: Some(room), ..everybody });
    }
    let found = rooms.iter().find(|known| Some(known.exam_site_id) == new.exam_site_id);
    let site = found.ok_or_else(|| AppError::field("/exam_site_id", "not-found"))?.exam_site_id;
    Ok(Target { to: Extended::Site(site), site: Some(site), ..everybody })
}

/// What waits for a second person, with the words that stand for where, whom and by whom; nothing once the test is over.
///
/// # Errors
/// If the store fails.
pub(super) async fn waiting(
    cx: &Services,
    (id, state): (ExamSessionId, ExamSessionState),
    sites: &[SiteProgress],
) -> AppResult<Vec<WaitingExtension>> {
    if state != ExamSessionState::Armed {
        return Ok(Vec::new());
    }
    let rows = store::list_waiting_extensions(cx.db.read(), id).await?;
    let people: Vec<AccountId> = rows.iter().map(|row| row.proposed_by).collect();
    let names = identity::names_of(cx, &people).await?;
    let ids: Vec<SittingId> = rows.iter().filter_map(|row| row.sitting_id).collect();
    let known = sittings::list_sittings(cx, &ids).await?;
    let tickets: HashMap<_, _> = known.into_iter().map(|sitting| (sitting.id, sitting.ticket_number)).collect();
    let site_name = |site: ExamSiteId| Some(sites.iter().find(|known| known.exam_site_id == site)?.name.clone());
    let room_number = |room: ExamRoomId| {
        let mut rooms = sites.iter().flat_map(|site| &site.rooms);
        Some(rooms.find(|known| known.exam_room_id == room)?.number)
    };
    let view = |row: extension_proposal::Model| WaitingExtension {
        id: row.id,
        site_name: row.exam_site_id.and_then(site_name),
        room_number: row.exam_room_id.and_then(room_number),
        ticket_number: row.sitting_id.and_then(|id| tickets.get(&id).cloned()),
        minutes: minutes_of(&row),
        proposed_by: row.proposed_by,
        proposed_by_name: names.get(&row.proposed_by).cloned().unwrap_or_default(),
        proposed_at: row.proposed_at,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(view).collect())
}
