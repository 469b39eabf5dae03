//! The roster as those see it who work at its place, and those who answer for its numbers.

use super::{
    entity::{
        roster_entry::{self, Column},
        roster_visit,
    },
    place::{place_of_entry, seen, within},
    rounds,
    seal::{Cell, open},
    steps::shown_step,
    store::{self, EntryFilter},
    work::{to_assign, to_visit},
};
use crate::{
    access::{Actor, ClassRoll, lies_in},
    identity, organisation, people,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use jiff::civil::Date;
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    ids::{AccountId, ClassId, PersonId, ProviderId, RosterEntryId, RosterRoundId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    person::Sex,
    rights::Right,
    roster::{
        EntryCorrection, EntryDetails, EntryRow, EntryView, RosterCount, RosterHand, RosterState, RosterStepView,
        RoundStanding, StudyRoute, UpgradeIntent, Visit,
    },
    time::read_date,
};
use std::collections::{BTreeSet, HashMap};

/// Whom a client asks for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct RosterQuery {
    /// The division that they are listed in, at any level.
    pub(super) division: Option<String>,
    /// The school on whose roster they are.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they stand.
    pub(super) state: Option<RosterState>,
    /// What they want to reach.
    pub(super) intent: Option<UpgradeIntent>,
    /// Who is to visit them.
    pub(super) surveyor_id: Option<AccountId>,
    /// Only those who await a visit and to whom nobody is sent, where the actor sends surveyors.
    #[serde(default)]
    pub(super) unassigned: bool,
    /// The class that they are in.
    pub(super) class_id: Option<ClassId>,
    /// The survey of a season: only those who were visited in it, or stand there as `in_round` says.
    pub(super) round_id: Option<RosterRoundId>,
    /// What that survey has brought of them.
    pub(super) in_round: Option<RoundStanding>,
    /// How their name begins.
    pub(super) name: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl RosterQuery {
    /// The same persons, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// Who is counted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct CountQuery {
    /// The division that they are listed in, at any level.
    division: Option<String>,
    /// The school on whose roster they are.
    provider_id: Option<ProviderId>,
}

/// Everybody in a division.
pub(super) fn all_in(division: DivisionCode) -> CountQuery {
    CountQuery { division: Some(division.to_string()), provider_id: None }
}

/// Persons on the rosters of the actor's places, by division; `class` is the one that the query names.
///
/// # Errors
/// `forbidden`, or the parameter that is wrong.
pub(super) async fn list(
    cx: &Services,
    actor: &Actor,
    query: RosterQuery,
    class: Option<&ClassRoll>,
) -> AppResult<Page<EntryRow>> {
    let mut within = readable(actor, query.division.as_deref(), query.provider_id)?;
    if query.unassigned {
        within = within.add(to_assign(actor)?);
    }
    if let Some(id) = query.round_id {
        let round = rounds::visible(cx, actor, id).await.map_err(|error| error.at_field("/round_id"))?;
        within = within.add(store::standing_in(&round, query.in_round));
    } else if query.in_round.is_some() {
        return Err(AppError::field("/round_id", "required"));
    }
    let name = people::sought_name(query.name.as_deref())?;
    if let Some(class) = class {
        within = within.add(Column::PersonId.is_in(class.people.iter().copied()));
    }
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let filter = EntryFilter {
        within,
        state: query.state,
        intent: query.intent,
        surveyor_id: query.surveyor_id,
        name: name.as_deref(),
        after: decode_cursor(&of_page)?,
        rows: of_page.rows() + 1,
    };
    let rows = store::list_entries(cx.db.read(), filter).await?;
    let found = page(rows, &of_page, |row| (row.division.clone(), row.id));
    let items = found.items.into_iter().map(row).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// The first persons on the roster of a division, by name; of several of one name, one.
///
/// # Errors
/// `forbidden` if the actor does not see it.
pub async fn entries_by_name(
    cx: &Services,
    actor: &Actor,
    division: &str,
) -> AppResult<HashMap<String, RosterEntryId>> {
    let query = RosterQuery {
        division: Some(division.to_owned()),
        state: None,
        intent: None,
        surveyor_id: None,
        provider_id: None,
        unassigned: false,
        class_id: None,
        round_id: None,
        in_round: None,
        name: None,
        cursor: None,
        limit: Some(MAX_PAGE_ROWS),
    };
    Ok(list(cx, actor, query, None).await?.items.into_iter().map(|entry| (entry.name, entry.id)).collect())
}

/// Persons whom the actor is still to visit, with everything that is known; numbers are masked.
///
/// # Errors
/// `forbidden` if the actor visits nobody.
pub(super) async fn assigned(cx: &Services, actor: &Actor, query: &PageQuery) -> AppResult<Page<EntryView>> {
    let filter = EntryFilter {
        within: to_visit(actor)?,
        state: None,
        intent: None,
        surveyor_id: None,
        name: None,
        after: decode_cursor(query)?,
        rows: query.rows() + 1,
    };
    let rows = store::list_entries(cx.db.read(), filter).await?;
    let found = page(rows, query, |row| (row.division.clone(), row.id));
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// How many persons stand where, division by division.
///
/// # Errors
/// `forbidden`, or the parameter that is wrong.
pub(super) async fn counts(cx: &Services, actor: &Actor, query: &CountQuery) -> AppResult<Vec<RosterCount>> {
    let within = readable(actor, query.division.as_deref(), query.provider_id)?;
    let rows = store::count_entries(cx.db.read(), within).await?;
    let count = |(division, state, persons): (String, String, i64)| {
        let persons = u64::try_from(persons).map_err(AppError::internal)?;
        Ok(RosterCount { division, state: known_state(&state)?, persons })
    };
    rows.into_iter().map(count).collect()
}

/// One person on the roster, with everything that is known.
///
/// # Errors
/// `not-found` if there is none of whom the actor may know.
pub(super) async fn get(cx: &Services, actor: &Actor, id: RosterEntryId) -> AppResult<EntryView> {
    let found = seen(actor, store::find_entry(cx.db.read(), id).await?, place_of_entry)?;
    let view = views(cx, vec![found]).await?.pop().ok_or_else(AppError::not_found)?;
    Ok(EntryView { hands: hands(cx, &view).await?, ..view })
}

/// What the rosters say of a person, wherever they stand. Whether somebody may know is for the caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn entries_of(cx: &Services, person: PersonId) -> AppResult<Vec<EntryView>> {
    views(cx, store::list_entries_of(cx.db.read(), person).await?).await
}

/// Entries with everything that is known of each, the visits to them and the steps that they took.
async fn views(cx: &Services, entries: Vec<roster_entry::Model>) -> AppResult<Vec<EntryView>> {
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let mut visits: HashMap<RosterEntryId, Vec<Visit>> = HashMap::new();
    for visit in store::list_visits(cx.db.read(), &ids).await? {
        visits.entry(visit.entry_id).or_default().push(opened(cx, &visit)?);
    }
    let mut steps: HashMap<RosterEntryId, Vec<RosterStepView>> = HashMap::new();
    for step in store::list_steps(cx.db.read(), &ids).await? {
        steps.entry(step.entry_id).or_default().push(shown_step(cx, &step)?);
    }
    let mut corrections: HashMap<RosterEntryId, Vec<EntryCorrection>> = HashMap::new();
    for row in store::list_corrections(cx.db.read(), &ids).await? {
        let correction = EntryCorrection { corrected_by: row.corrected_by, corrected_at: row.corrected_at };
        corrections.entry(row.entry_id).or_default().push(correction);
    }
    let former = entries.iter().filter_map(|entry| entry.former_division.as_deref());
    let former = organisation::former_divisions(cx, former).await?;
    let view = |entry: roster_entry::Model| {
        let formerly = entry.former_division.as_ref().and_then(|code| former.get(code)).cloned();
        let visits = visits.remove(&entry.id).unwrap_or_default();
        let steps = steps.remove(&entry.id).unwrap_or_default();
        let details: EntryDetails = open(cx, &Cell("roster_entry", entry.id), &entry.details)?;
        let details = details.after(&visits).masked();
        let corrections = corrections.remove(&entry.id).unwrap_or_default();
        Ok(EntryView { entry: row(entry)?, details, visits, steps, corrections, hands: Vec::new(), formerly })
    };
    entries.into_iter().map(view).collect()
}

fn opened(cx: &Services, visit: &roster_visit::Model) -> AppResult<Visit> {
    Ok(open::<Visit>(cx, &Cell("roster_visit", visit.id), &visit.content)?.masked())
}

/// Who had a hand in an entry.
async fn hands(cx: &Services, view: &EntryView) -> AppResult<Vec<RosterHand>> {
    let visitors = view.visits.iter().map(|visit| visit.visitor);
    let takers = view.steps.iter().map(|step| step.taken_by);
    let correctors = view.corrections.iter().map(|correction| correction.corrected_by);
    let hands: BTreeSet<AccountId> = visitors.chain(takers).chain(correctors).chain(view.entry.surveyor_id).collect();
    let names = identity::names_of(cx, &hands.into_iter().collect::<Vec<_>>()).await?;
    let mut hands: Vec<_> = names.into_iter().map(|(account_id, name)| RosterHand { account_id, name }).collect();
    hands.sort_by_key(|hand| hand.account_id);
    Ok(hands)
}

/// What the actor may see of a division and of a school.
fn readable(actor: &Actor, division: Option<&str>, provider_id: Option<ProviderId>) -> AppResult<Condition> {
    let readable = within(actor, Right::ReadRoster, Column::Division, Column::ProviderId)?;
    let readable = readable.add_option(provider_id.map(|id| Column::ProviderId.eq(id)));
    let Some(division) = division else { return Ok(readable) };
    let code = DivisionCode::parse(division).ok_or_else(|| AppError::field("/division", "division-malformed"))?;
    Ok(readable.add(lies_in(Column::Division, code)))
}

pub(super) fn known_state(text: &str) -> AppResult<RosterState> {
    RosterState::parse(text).ok_or_else(|| AppError::internal("an entry in an unknown state"))
}

fn row(row: roster_entry::Model) -> AppResult<EntryRow> {
    Ok(EntryRow {
        id: row.id,
        person_id: row.person_id,
        version: row.version,
        sex: row.sex.as_deref().and_then(Sex::parse),
        birth_year: row.birth_date.as_deref().and_then(read_date).map(Date::year),
        division: row.division,
        provider_id: row.provider_id,
        residence_division: row.residence_division,
        education_level: row.education_level,
        intent: row.intent.as_deref().and_then(UpgradeIntent::parse),
        study_route: row.study_route.as_deref().and_then(StudyRoute::parse),
        surveyor_id: row.surveyor_id,
        state: known_state(&row.state)?,
        name: row.name,
    })
}
