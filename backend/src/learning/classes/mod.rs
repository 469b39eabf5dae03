//! Classes: a provider, some courses, each with the version with which the class began, and learners.

mod agreement;
mod by_learner;
mod export;
mod leaving;
mod list;
mod member_export;
mod members;
mod plan;
mod rolls;
pub(super) mod routes;
pub(super) mod rules;
mod steps;
mod within;
mod work;

use super::{
    entity::{class, class_course, class_member},
    offers::{self, Offers},
    standing::Facts,
    store,
};
use crate::{
    access::{Action, Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ClassId, CourseId, CourseVersionId, ProviderId, TeachingPointId},
    learning::{ClassFacts, ClassForm, ClassState, CourseContent},
    problem::ProblemCode,
    rights::{Place, Right},
};
use std::{collections::BTreeSet, sync::Arc};

pub(super) use agreement::SEALED as SEALED_AGREEMENTS;
pub use by_learner::{LearnerClass, classes_by_learner};
pub use leaving::LeaveClasses;
pub(super) use members::is_in_class;
pub use members::{add_learners, is_learner_of, list as class_members};
pub use plan::{change as change_class, get as class_plan, plan as plan_class};
pub use rolls::ClassRolls;
pub use rules::{attendance_rule, attendance_rules};
pub use steps::step as step_class;
pub use within::learners_within;
pub(super) use work::within as classes_within;
pub use work::{classes_that_meet, work};

/// Room in a class that nobody planned.
const USUAL_CAPACITY: i32 = 60;

/// A class, as other features know it.
#[derive(Clone, Debug)]
pub struct ClassHead {
    /// The class.
    pub id: ClassId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub provider_id: ProviderId,
    /// Significant digits of the division that it lies in.
    pub division: String,
    /// Where it meets.
    pub teaching_point_id: Option<TeachingPointId>,
    /// Where it stands.
    pub state: ClassState,
}

impl ClassHead {
    /// Where it lies.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::Class { id: self.id, provider: self.provider_id, division: self.division.clone() }
    }
}

/// One class.
///
/// # Errors
/// `not-found` if there is none.
pub async fn class(cx: &Services, id: ClassId) -> AppResult<ClassHead> {
    head(store::find_class(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?)
}

/// These classes.
///
/// # Errors
/// If the store fails.
pub async fn classes(cx: &Services, ids: &[ClassId]) -> AppResult<Vec<ClassHead>> {
    store::list_classes_by_ids(cx.db.read(), ids).await?.into_iter().map(head).collect()
}

/// A class that nobody else changes until the write ends.
///
/// # Errors
/// `not-found` if there is none.
pub async fn lock_class(tx: &Tx, id: ClassId) -> AppResult<ClassHead> {
    head(locked(tx, id).await?)
}

/// Lets the actor do something to a class; who may not see it learns nothing of it.
///
/// # Errors
/// `not-found`, or `forbidden`.
pub async fn permit_class<A: Action<Target = ClassId>>(
    cx: &Services,
    actor: &Actor,
    id: ClassId,
) -> AppResult<Permit<A>> {
    let class = seen(cx, actor, id).await?;
    authorize(actor, id, &place_of(&class))
}

/// The classes that a learner is in, the first joined first.
///
/// # Errors
/// If the store fails.
pub async fn classes_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<ClassHead>> {
    store::list_classes_of(cx.db.read(), account_id).await?.into_iter().map(head).collect()
}

/// The classes that a learner is or was in, those that they are in first.
///
/// # Errors
/// If the store fails.
pub async fn classes_ever_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<ClassHead>> {
    store::list_classes_ever_of(cx.db.read(), account_id).await?.into_iter().map(head).collect()
}

/// The learners who are in a class.
///
/// # Errors
/// If the store fails.
pub async fn learners_of(cx: &Services, id: ClassId) -> AppResult<Vec<AccountId>> {
    store::list_members(cx.db.read(), id).await
}

/// Everybody who is or was in a class.
///
/// # Errors
/// If the store fails.
pub async fn everybody_of(cx: &Services, id: ClassId) -> AppResult<Vec<AccountId>> {
    let members = store::list_all_members(cx.db.read(), id, None).await?;
    Ok(members.into_iter().map(|member| member.account_id).collect())
}

/// The courses of a class.
///
/// # Errors
/// If the store fails.
pub async fn courses_of(cx: &Services, id: ClassId) -> AppResult<Vec<CourseId>> {
    let rows = store::list_class_courses(cx.db.read(), &[id]).await?;
    Ok(rows.into_iter().map(|row| row.course_id).collect())
}

/// A class that the actor may see; to others it is not there.
async fn seen(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<class::Model> {
    let class = store::find_class(cx.db.read(), id).await?;
    let class = class.filter(|class| actor.has_any(&[Right::ReadClasses], &place_of(class)));
    class.ok_or_else(AppError::not_found)
}

async fn locked(tx: &Tx, id: ClassId) -> AppResult<class::Model> {
    store::lock_class(tx.conn(), id).await?.ok_or_else(AppError::not_found)
}

/// Where a class lies.
pub(super) fn place_of(class: &class::Model) -> Place {
    Place::Class { id: class.id, provider: class.provider_id, division: class.division.clone() }
}

fn head(row: class::Model) -> AppResult<ClassHead> {
    let state = state(&row)?;
    let class::Model { id, name, provider_id, division, teaching_point_id, .. } = row;
    Ok(ClassHead { id, name, provider_id, division, teaching_point_id, state })
}

/// Where a class stands.
pub(super) fn state(row: &class::Model) -> AppResult<ClassState> {
    ClassState::parse(&row.state).ok_or_else(|| AppError::internal("a class in an unknown state"))
}

fn form(row: &class::Model) -> AppResult<ClassForm> {
    ClassForm::parse(&row.form).ok_or_else(|| AppError::internal("a class of an unknown form"))
}

/// What the rules ask of a class with so many learners.
fn facts(row: &class::Model, learners: u32) -> AppResult<ClassFacts> {
    let planned_by = row.planned_by.unwrap_or(AccountId(uuid::Uuid::nil()));
    Ok(ClassFacts { state: state(row)?, planned_by, learners, capacity: u32::try_from(row.capacity).unwrap_or(0) })
}

async fn count_learners(tx: &Tx, id: ClassId) -> AppResult<u32> {
    let counts = store::count_members(tx.conn(), &[id]).await?;
    u32::try_from(counts.first().map_or(0, |(_, learners)| *learners)).map_err(AppError::internal)
}

/// Opens a class of a provider that begins with the newest published versions of these courses; it runs at
/// once.
///
/// # Errors
/// `wrong-state` if one of them has none.
pub async fn open_class(
    cx: &Services,
    tx: &Tx,
    provider_id: ProviderId,
    name: &str,
    form: ClassForm,
    courses: &[CourseId],
) -> AppResult<ClassId> {
    let provider = organisation::provider_within(tx, provider_id).await?;
    let rule = rules::at_start(tx, &provider.division, None).await?;
    let id: ClassId = cx.ids.new_id();
    let row = class::Model {
        id,
        provider_id,
        name: name.to_owned(),
        form: form.as_str().to_owned(),
        created_at: tx.now(),
        division: provider.division,
        state: ClassState::Running.as_str().to_owned(),
        partner: String::new(),
        partner_contact: String::new(),
        partner_phone: String::new(),
        season: None,
        agreement_id: None,
        tutor_id: None,
        capacity: USUAL_CAPACITY,
        teaching_point_id: None,
        rule_version: rule.version(),
        starts_on: None,
        ends_on: None,
        planned_by: None,
        approved_by: None,
        approved_at: None,
        version: 1,
    };
    store::insert_class(tx.conn(), row).await?;
    for course_id in courses {
        let versions = store::list_published(tx.conn(), &[*course_id]).await?;
        let (course_version_id, ..) = versions.last().ok_or(AppError::Problem(ProblemCode::WrongState))?;
        let row = class_course::Model { class_id: id, course_id: *course_id, course_version_id: *course_version_id };
        store::insert_class_course(tx.conn(), row).await?;
    }
    Ok(id)
}

/// Adds a learner to a class. Repeating it changes nothing.
///
/// # Errors
/// If the store fails.
pub async fn join_class(tx: &Tx, class_id: ClassId, account_id: AccountId) -> AppResult<()> {
    let row = class_member::Model { class_id, account_id, joined_at: tx.now(), left_at: None };
    store::insert_member(tx.conn(), row).await
}

/// The provider in whose class a learner studies a course, as [`studied`] has it; of who has left, the one that they left
/// last.
///
/// # Errors
/// If the store fails.
pub async fn provider_of(cx: &Services, account_id: AccountId, course_id: CourseId) -> AppResult<Option<ProviderId>> {
    let provider = |studies: Vec<Studied>| {
        studies.into_iter().find(|studied| studied.course_id == course_id).map(|studied| studied.class.provider_id)
    };
    match provider(studied(cx, account_id).await?) {
        Some(id) => Ok(Some(id)),
        None => Ok(provider(ever_studied(cx, account_id).await?)),
    }
}

/// A course that a learner studies.
pub(super) struct Studied {
    /// The course.
    pub(super) course_id: CourseId,
    /// The version that the learner studies.
    pub(super) version_id: CourseVersionId,
    /// Its number.
    pub(super) version: i32,
    /// The class.
    pub(super) class: class::Model,
    /// All versions that may be studied in the class.
    offers: Offers,
}

impl Studied {
    /// What is studied.
    pub(super) async fn content(&self, cx: &Services) -> AppResult<Arc<CourseContent>> {
        super::catalogue::content(cx, self.version_id).await
    }

    /// The versions in which a page of the learner may stand: the one that it names, the one at hand, then every
    /// other, for pages that were open when the learner went over.
    pub(super) fn versions(&self, shown: Option<i32>) -> Vec<(CourseVersionId, i32)> {
        let mut versions = vec![(self.version_id, self.version)];
        versions.extend(self.offers.newest_first().map(|offer| (offer.id, offer.number)));
        versions.sort_by_key(|(_, number)| Some(*number) != shown);
        versions
    }

    /// Lets the learner go over to the version that they study by their facts.
    async fn go_over(&mut self, cx: &Services, facts: &Facts) -> AppResult<()> {
        let contents = self.offers.contents(cx).await?;
        if let Some(offer) = self.offers.at_hand(&contents, self.course_id, facts) {
            (self.version_id, self.version) = (offer.id, offer.number);
        }
        Ok(())
    }
}

/// The courses that a learner studies; one that several classes study, in the class joined first of those that are not
/// over. Who has left a class does not study in it any more.
pub(super) async fn studied(cx: &Services, account_id: AccountId) -> AppResult<Vec<Studied>> {
    let conn = cx.db.read();
    let mut studied = studies_of(cx, conn, account_id, store::list_classes_of(conn, account_id).await?).await?;
    studied.sort_by_key(|studied| state(&studied.class).is_ok_and(ClassState::is_over));
    let mut seen = BTreeSet::new();
    studied.retain(|studied| seen.insert(studied.course_id));
    Ok(studied)
}

/// All that a learner studies or has studied, class by class: those that they are in come before those that they left.
pub(super) async fn ever_studied(cx: &Services, account_id: AccountId) -> AppResult<Vec<Studied>> {
    ever_studied_in(cx, cx.db.read(), account_id).await
}

/// The same as `conn` sees it.
pub(super) async fn ever_studied_in(
    cx: &Services,
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<Studied>> {
    studies_of(cx, conn, account_id, store::list_classes_ever_of(conn, account_id).await?).await
}

/// What a learner of these classes studies, class by class.
async fn studies_of(
    cx: &Services,
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    classes: Vec<class::Model>,
) -> AppResult<Vec<Studied>> {
    let ids: Vec<_> = classes.iter().map(|class| class.id).collect();
    let courses = store::list_class_courses(conn, &ids).await?;
    let course_ids: BTreeSet<_> = courses.iter().map(|row| row.course_id).collect();
    let published = offers::published_in(conn, &course_ids.into_iter().collect::<Vec<_>>()).await?;
    let mut studies = Vec::with_capacity(courses.len());
    for class in classes {
        for row in courses.iter().filter(|row| row.class_id == class.id) {
            let (course_id, version_id) = (row.course_id, row.course_version_id);
            let offers = Offers::since(&published, course_id, version_id);
            let version = offers.first().map_or(0, |offer| offer.number);
            studies.push(Studied { course_id, version_id, version, class: class.clone(), offers });
        }
    }
    let several = studies.iter().filter(|studied| studied.offers.are_several());
    let course_ids: BTreeSet<_> = several.map(|studied| studied.course_id).collect();
    if !course_ids.is_empty() {
        let facts = Facts::of_in(cx, conn, account_id, &course_ids.into_iter().collect::<Vec<_>>()).await?;
        for studied in studies.iter_mut().filter(|studied| studied.offers.are_several()) {
            studied.go_over(cx, &facts).await?;
        }
    }
    Ok(studies)
}
