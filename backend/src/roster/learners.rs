//! What enrolment knows moves the roster: who has enrolled, who studies, who has the diploma.

use super::{
    entity::roster_learner,
    place::{place_of_entry, seen},
    store,
    visits::restate,
};
use crate::{
    access::Actor,
    people::PersonFacts,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{PersonId, RosterEntryId},
    learning::CourseLevel,
    person::EducationLevel,
    roster::{LearnerLink, LearnerStage, RosterFacts, roster_status},
};
use std::collections::HashMap;

/// A person on a roster who wants to enrol.
pub struct ListedPerson {
    /// The person.
    pub person_id: PersonId,
    /// What the list says of their schooling.
    pub education_level: Option<EducationLevel>,
}

/// The person of an entry that the actor may see.
///
/// # Errors
/// `not-found` if there is none.
pub async fn listed(cx: &Services, actor: &Actor, id: RosterEntryId) -> AppResult<ListedPerson> {
    let entry = seen(actor, store::find_entry(cx.db.read(), id).await?, place_of_entry)?;
    let education_level = entry.education_level.as_deref().and_then(EducationLevel::parse);
    Ok(ListedPerson { person_id: entry.person_id, education_level })
}

/// Says which records of a learner stand, all of them, within the write that moves one. The states of
/// their entries follow, on whatever roster they are.
///
/// # Errors
/// If the store fails.
pub async fn note_learner(cx: &Services, tx: &Tx, person_id: PersonId, links: &[LearnerLink]) -> AppResult<()> {
    let mut rows: Vec<roster_learner::Model> = Vec::new();
    for level in CourseLevel::ALL {
        let stages = links.iter().filter(|link| link.level == *level).map(|link| link.stage);
        rows.extend(stages.max().map(|stage| row(person_id, *level, stage)));
    }
    store::replace_learner(tx.conn(), person_id, rows).await?;
    let entries = store::lock_entries_of(tx.conn(), &[person_id]).await?;
    restate(cx, tx, entries).await
}

/// Says on whatever roster a person is what they are called, when they were born and what sex they are, within the
/// write that tells of it.
///
/// # Errors
/// If the store fails.
pub async fn describe(tx: &Tx, person: &PersonFacts) -> AppResult<()> {
    store::describe_entries(tx.conn(), person).await
}

/// After an import: entries of those among these persons who are learners already.
pub(super) async fn restate_learners(cx: &Services, tx: &Tx, people: &[PersonId]) -> AppResult<()> {
    let learners = links_of(tx, people).await?;
    if learners.is_empty() {
        return Ok(());
    }
    let ids: Vec<PersonId> = learners.keys().copied().collect();
    let mut entries = store::lock_entries_of(tx.conn(), &ids).await?;
    entries.retain(|entry| {
        let links = learners.get(&entry.person_id).map(Vec::as_slice).unwrap_or_default();
        roster_status(&RosterFacts { links, ..RosterFacts::default() }).state.as_str() != entry.state
    });
    restate(cx, tx, entries).await
}

/// The records of these persons that stand.
pub(super) async fn links_of(tx: &Tx, people: &[PersonId]) -> AppResult<HashMap<PersonId, Vec<LearnerLink>>> {
    let mut links: HashMap<PersonId, Vec<LearnerLink>> = HashMap::new();
    for row in store::list_learners(tx.conn(), people).await? {
        links.entry(row.person_id).or_default().push(link(&row)?);
    }
    Ok(links)
}

fn row(person_id: PersonId, level: CourseLevel, stage: LearnerStage) -> roster_learner::Model {
    roster_learner::Model { person_id, level: level.as_str().to_owned(), stage: stage.as_str().to_owned() }
}

fn link(row: &roster_learner::Model) -> AppResult<LearnerLink> {
    let level = CourseLevel::parse(&row.level);
    let stage = LearnerStage::parse(&row.stage);
    let unknown = || AppError::internal("a learner of the roster at an unknown stage");
    Ok(LearnerLink { level: level.ok_or_else(unknown)?, stage: stage.ok_or_else(unknown)? })
}
