//! Accommodations as people see them.

use super::{answer_bound_to, bound_to, facts_of, level_of, list::right_of, needs_of, place_of, state_of};
use crate::{
    access::Actor,
    identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings::{
        entity::{accommodation, accommodation_answer},
        store,
    },
};
use shared::{
    ids::{AccommodationId, AccountId},
    sittings::{AccommodationAnswer, AccommodationOffice, AccommodationView, judge_accommodation},
    time::read_date,
};
use std::collections::HashMap;

type Answers = HashMap<AccommodationId, Vec<accommodation_answer::Model>>;

/// Accommodations with what the offices said: for a bureau with what it may do and who decided, for who applied (no
/// `reader`) without.
pub(super) async fn views(
    cx: &Services,
    reader: Option<&Actor>,
    rows: Vec<accommodation::Model>,
) -> AppResult<Vec<AccommodationView>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut answers = Answers::new();
    for answer in store::list_accommodation_answers(cx.db.read(), &ids).await? {
        answers.entry(answer.accommodation_id).or_default().push(answer);
    }
    let deciders = answers.values().flatten().map(|answer| answer.decided_by);
    let persons: Vec<AccountId> = rows.iter().map(|row| row.account_id).chain(deciders).collect();
    let names = identity::names_of(cx, &persons).await?;
    let schools = organisation::provider_names(cx, rows.iter().map(|row| row.provider_id)).await?;
    let view = |row: accommodation::Model| {
        let answers = answers.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        Ok(AccommodationView {
            id: row.id,
            candidate_name: names.get(&row.account_id).cloned().unwrap_or_default(),
            provider_name: schools.get(&row.provider_id).cloned().unwrap_or_default(),
            level: level_of(&row)?,
            needs: needs_of(&row)?,
            reason: opened(cx, &bound_to(row.id), &row.reason)?,
            state: state_of(&row)?,
            has_paper: row.photo_id.is_some(),
            applied_at: row.applied_at,
            until: row.until.as_deref().and_then(read_date),
            answers: answers.iter().map(|row| answer(cx, row, reader.map(|_| &names))).collect::<AppResult<_>>()?,
            turn: match reader {
                Some(reader) => turn(reader, &row, answers)?,
                None => None,
            },
        })
    };
    rows.into_iter().map(view).collect()
}

/// Words that lie sealed.
fn opened(cx: &Services, bound_to: &str, sealed: &[u8]) -> AppResult<String> {
    String::from_utf8(cx.keys.fields.open_bytes(bound_to, sealed)?).map_err(AppError::internal)
}

fn answer(
    cx: &Services,
    row: &accommodation_answer::Model,
    names: Option<&HashMap<AccountId, String>>,
) -> AppResult<AccommodationAnswer> {
    let office = AccommodationOffice::parse(&row.office);
    let bound_to = answer_bound_to(row.accommodation_id, row.turn);
    let reason = row.reason.as_deref().map(|sealed| opened(cx, &bound_to, sealed));
    Ok(AccommodationAnswer {
        office: office.ok_or_else(|| AppError::internal(format!("an answer of {}", row.office)))?,
        is_granted: row.is_granted,
        reason: reason.transpose()?.unwrap_or_default(),
        decided_at: row.decided_at,
        by_name: names.and_then(|names| names.get(&row.decided_by).cloned()),
    })
}

/// The office for which the reader may decide now.
fn turn(
    reader: &Actor,
    row: &accommodation::Model,
    answers: &[accommodation_answer::Model],
) -> AppResult<Option<AccommodationOffice>> {
    let of_county = answers.iter().find(|answer| answer.office == AccommodationOffice::County.as_str());
    let facts = facts_of(row, of_county.map(|answer| answer.decided_by))?;
    let (place, person) = (place_of(row), reader.account_id);
    // Whether it can be granted is another question: without a paper it can still be refused.
    let may = |office: &AccommodationOffice| {
        reader.has_any(&[right_of(*office)], &place) && judge_accommodation(&facts, *office, false, person).is_ok()
    };
    Ok(AccommodationOffice::ALL.iter().copied().find(may))
}
