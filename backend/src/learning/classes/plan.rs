//! What a school plans of a class, and changes.

use super::{count_learners, form, list, locked, permit_class, place_of, rules, seen, state};
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity,
    learning::{
        catalogue,
        entity::{class, class_course},
        store,
    },
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, ClassId, CourseId, CourseVersionId, ProviderId, TeachingPointId},
    learning::{
        ClassEntry, ClassPlan, ClassSeason, ClassState, ClassTeacher, PlannedCourse, judge_class_step, may_begin,
        may_change,
    },
    organisation::OpenState,
    problem::ProblemCode,
    rights::{Place, Right, Role, RoleAt},
    time::{read_date, write_date},
};

actions! {
    /// Plan a class and change it, and who is in it.
    KeepClass(ClassId) = KeepClasses;
}

/// The courses of a class, each with the version that it studies.
type Courses = Vec<(CourseId, CourseVersionId)>;

/// Lets the actor plan a class of a provider that they may know of.
pub(super) async fn permit_new(cx: &Services, actor: &Actor, entry: &ClassEntry) -> AppResult<Permit<KeepClass>> {
    let place = provider_place(cx, entry).await?;
    if !actor.has_any(&[Right::ReadClasses], &place) {
        return Err(AppError::field("/provider_id", "not-found"));
    }
    authorize(actor, cx.ids.new_id(), &place)
}

async fn provider_place(cx: &Services, entry: &ClassEntry) -> AppResult<Place> {
    let provider =
        organisation::provider(cx, entry.provider_id).await.map_err(|error| error.at_field("/provider_id"))?;
    Ok(Place::Provider { id: provider.id, division: provider.division })
}

/// Plans a class, for who may.
///
/// # Errors
/// `forbidden`; the fields that are wrong.
pub async fn plan(cx: &Services, actor: &Actor, entry: &ClassEntry) -> AppResult<ClassId> {
    create(cx, &permit_new(cx, actor, entry).await?, &IdempotencyKey(None), entry).await
}

/// Plans a class.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<KeepClass>,
    key: &IdempotencyKey,
    entry: &ClassEntry,
) -> AppResult<ClassId> {
    let (id, planner) = (*permit.target(), permit.person()?);
    let courses = check(cx, entry, &[]).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, planner, key, entry, async || {
                let provider = organisation::hold_provider(tx, entry.provider_id).await?;
                if provider.state == OpenState::Closed {
                    return Err(AppError::field("/provider_id", "provider-closed"));
                }
                hold_open_point(tx, entry.teaching_point_id).await?;
                let rule = rules::at_start(tx, &provider.division, entry.starts_on).await?;
                let row = class::Model {
                    id,
                    provider_id: provider.id,
                    name: String::new(),
                    form: entry.form.as_str().to_owned(),
                    created_at: tx.now(),
                    division: provider.division,
                    state: ClassState::Planned.as_str().to_owned(),
                    partner: String::new(),
                    partner_contact: String::new(),
                    partner_phone: String::new(),
                    season: None,
                    agreement_id: None,
                    tutor_id: None,
                    capacity: 0,
                    teaching_point_id: None,
                    rule_version: rule.version(),
                    starts_on: None,
                    ends_on: None,
                    planned_by: Some(planner),
                    approved_by: None,
                    approved_at: None,
                    version: 0,
                };
                let row = as_entered(row, entry);
                store::insert_class(tx.conn(), row.clone()).await?;
                store_courses(tx, id, &courses).await?;
                settle_tutor(cx, tx, planner, (&row, None)).await?;
                tx.note("planned", row.form);
                Ok(id)
            })
            .await
        })
        .await
}

/// Changes a class, for who may, over the version that they have seen.
///
/// # Errors
/// `not-found`, `forbidden` or `stale`; the fields that are wrong.
pub async fn change(cx: &Services, actor: &Actor, id: ClassId, seen: i32, entry: &ClassEntry) -> AppResult<()> {
    replace(cx, &permit_class::<KeepClass>(cx, actor, id).await?, seen, entry).await
}

/// Changes a class over the version that its keeper has seen.
async fn replace(cx: &Services, permit: &Permit<KeepClass>, seen: i32, entry: &ClassEntry) -> AppResult<()> {
    let (id, keeper) = (*permit.target(), permit.person()?);
    let known = store::list_class_courses(cx.db.read(), &[id]).await?;
    let courses = check(cx, entry, &known).await?;
    cx.db
        .write(permit, async |tx| {
            rules::hold_around(tx, id).await?;
            let row = locked(tx, id).await?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            check_change(tx, &row, entry).await?;
            // A class that met at a point before it was closed can still be put right.
            if row.teaching_point_id != entry.teaching_point_id {
                hold_open_point(tx, entry.teaching_point_id).await?;
            }
            let known = store::list_class_courses(tx.conn(), &[id]).await?;
            if !is_same(&known, &courses) {
                if state(&row)? != ClassState::Planned {
                    return Err(AppError::field("/courses", "unchangeable"));
                }
                store::delete_class_courses(tx.conn(), id).await?;
                store_courses(tx, id, &courses).await?;
            }
            let before = row.tutor_id;
            let rule_version = rule_version(tx, &row, entry).await?;
            let row = class::Model { rule_version, ..as_entered(row, entry) };
            store::update_class(tx.conn(), row.clone()).await?;
            tx.note("version", row.version);
            settle_tutor(cx, tx, keeper, (&row, before)).await
        })
        .await
}

/// The rule that a class keeps. Until it runs, another first day may bring another.
async fn rule_version(tx: &Tx, row: &class::Model, entry: &ClassEntry) -> AppResult<String> {
    let is_moved = row.starts_on != entry.starts_on.map(write_date);
    if is_moved && !state(row)?.has_begun() {
        return Ok(rules::at_start(tx, &row.division, entry.starts_on).await?.version());
    }
    Ok(row.rule_version.clone())
}

/// Refuses what cannot be changed any more.
async fn check_change(tx: &Tx, row: &class::Model, entry: &ClassEntry) -> AppResult<()> {
    let state = state(row)?;
    may_change(state).map_err(AppError::refused)?;
    let is_planned = state == ClassState::Planned;
    for (pointer, is_changed) in [
        ("/provider_id", row.provider_id != entry.provider_id),
        ("/form", form(row)? != entry.form),
        ("/partner", !is_planned && !row.partner.is_empty() && row.partner != entry.partner.trim()),
    ] {
        if is_changed {
            return Err(AppError::field(pointer, "unchangeable"));
        }
    }
    if u32::from(entry.capacity) < count_learners(tx, row.id).await? {
        return Err(AppError::field("/capacity", "below-learners"));
    }
    Ok(())
}

/// Checks an entry against what there is; the courses at their versions.
async fn check(cx: &Services, entry: &ClassEntry, known: &[class_course::Model]) -> AppResult<Courses> {
    let errors = entry.check();
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    if let Some(tutor) = entry.tutor_id {
        let place = provider_place(cx, entry).await?;
        if !identity::may(cx, tutor, Right::TeachClass, &place).await? {
            return Err(AppError::field("/tutor_id", "no-class-teacher"));
        }
    }
    if let Some(id) = entry.teaching_point_id {
        let point = organisation::teaching_point(cx, id).await;
        let point = point.map_err(|error| error.at_field("/teaching_point_id"))?;
        if point.provider_id != entry.provider_id {
            return Err(AppError::field("/teaching_point_id", "other-provider"));
        }
    }
    at_versions(cx, entry, known).await
}

/// Refuses a teaching point that is not in use any more; nobody closes one that is until the write ends.
async fn hold_open_point(tx: &Tx, id: Option<TeachingPointId>) -> AppResult<()> {
    let Some(id) = id else { return Ok(()) };
    match organisation::hold_teaching_point(tx, id).await?.state {
        OpenState::Open => Ok(()),
        OpenState::Closed => Err(AppError::field("/teaching_point_id", "point-closed")),
    }
}

/// The version of each course: the one that is named, the one that the class has, or the newest.
async fn at_versions(cx: &Services, entry: &ClassEntry, known: &[class_course::Model]) -> AppResult<Courses> {
    let ids: Vec<_> = entry.courses.iter().map(|course| course.course_id).collect();
    let published = store::list_published(cx.db.read(), &ids).await?;
    let mut courses = Courses::with_capacity(ids.len());
    for (at, course) in entry.courses.iter().enumerate() {
        let kept = known.iter().find(|row| row.course_id == course.course_id).map(|row| row.course_version_id);
        let wanted = course.course_id;
        let of_course = || published.iter().filter(move |(_, course_id, _)| *course_id == wanted);
        let version = match course.version {
            Some(number) => of_course().find(|(.., of)| *of == number).map(|(id, ..)| *id),
            None => kept.or_else(|| of_course().next_back().map(|(id, ..)| *id)),
        };
        let pointer = || if course.version.is_some() { "version" } else { "course_id" };
        let missing = || AppError::field(&format!("/courses/{at}/{}", pointer()), "not-published");
        courses.push((course.course_id, version.ok_or_else(missing)?));
    }
    Ok(courses)
}

fn is_same(known: &[class_course::Model], courses: &[(CourseId, CourseVersionId)]) -> bool {
    let has = |row: &class_course::Model| courses.contains(&(row.course_id, row.course_version_id));
    known.len() == courses.len() && known.iter().all(has)
}

async fn store_courses(tx: &Tx, class_id: ClassId, courses: &[(CourseId, CourseVersionId)]) -> AppResult<()> {
    for (course_id, course_version_id) in courses.iter().copied() {
        store::insert_class_course(tx.conn(), class_course::Model { class_id, course_id, course_version_id }).await?;
    }
    Ok(())
}

/// The row as the entry says, one version further.
fn as_entered(row: class::Model, entry: &ClassEntry) -> class::Model {
    class::Model {
        name: entry.name.trim().to_owned(),
        partner: entry.partner.trim().to_owned(),
        partner_contact: entry.partner_contact.trim().to_owned(),
        partner_phone: entry.partner_phone.trim().to_owned(),
        season: entry.season.map(|season| season.as_str().to_owned()),
        tutor_id: entry.tutor_id,
        capacity: i32::from(entry.capacity),
        teaching_point_id: entry.teaching_point_id,
        starts_on: entry.starts_on.map(write_date),
        ends_on: entry.ends_on.map(write_date),
        version: row.version + 1,
        ..row
    }
}

/// Gives the tutor their role at the class, and takes it from who was tutor before.
///
/// # Errors
/// The field `/tutor_id` if they name themselves; why the tutor's other duties do not allow it.
async fn settle_tutor(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    (class, before): (&class::Model, Option<AccountId>),
) -> AppResult<()> {
    if before == class.tutor_id {
        return Ok(());
    }
    let role = RoleAt { role: Role::ClassTutor, place: place_of(class) };
    if let Some(before) = before {
        identity::end_role(tx, by, before, &role).await?;
    }
    if let Some(tutor) = class.tutor_id {
        if tutor == by {
            return Err(AppError::field("/tutor_id", "own-tutor"));
        }
        tx.note("tutor", tutor.to_string());
        identity::grant_role_by(cx, tx, by, tutor, &role).await?;
    }
    Ok(())
}

/// A class as it is planned, for who may see it.
///
/// # Errors
/// `not-found` for everybody else.
pub async fn get(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<ClassPlan> {
    let row = seen(cx, actor, id).await?;
    let place = place_of(&row);
    let class = list::rows(cx, vec![row.clone()]).await?.pop().ok_or_else(AppError::not_found)?;
    let may_keep = actor.has_any(&[Right::KeepClasses], &place);
    let facts = super::facts(&row, class.learners)?;
    let may_step = |wanted: ClassState| match wanted {
        ClassState::Approved => actor.has_any(&[Right::ApproveClass], &place),
        _ => may_keep,
    };
    let is_school_open = organisation::provider(cx, row.provider_id).await?.state == OpenState::Open;
    let is_next = |to: ClassState| {
        may_begin(to, is_school_open).is_ok() && judge_class_step(&facts, to, actor.account_id).is_ok()
    };
    let next = ClassState::ALL.iter().copied().filter(|to| may_step(*to) && is_next(*to)).collect();
    let teaching_point_name = match row.teaching_point_id {
        Some(id) => Some(organisation::teaching_point(cx, id).await?.name),
        None => None,
    };
    Ok(ClassPlan {
        attendance: rules::of_row(cx.db.read(), &row).await?,
        version: row.version,
        partner: row.partner,
        partner_contact: row.partner_contact,
        partner_phone: row.partner_phone,
        season: row.season.as_deref().and_then(ClassSeason::parse),
        is_school_closed: !is_school_open,
        has_agreement: row.agreement_id.is_some(),
        teaching_point_id: row.teaching_point_id,
        teaching_point_name,
        courses: planned_courses(cx, id).await?,
        starts_on: row.starts_on.as_deref().and_then(read_date),
        ends_on: row.ends_on.as_deref().and_then(read_date),
        rule_version: row.rule_version,
        next,
        may_keep: may_keep && !class.state.is_over(),
        class,
    })
}

async fn planned_courses(cx: &Services, id: ClassId) -> AppResult<Vec<PlannedCourse>> {
    let rows = store::list_class_courses(cx.db.read(), &[id]).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.course_id).collect();
    let published = store::list_published(cx.db.read(), &ids).await?;
    let mut courses = Vec::with_capacity(rows.len());
    for row in rows {
        let course = catalogue::course(cx, row.course_id).await?;
        let version = published.iter().find(|(id, ..)| *id == row.course_version_id).map_or(0, |(.., number)| *number);
        let (course_id, level) = (course.id, course.level);
        courses.push(PlannedCourse { course_id, code: course.code, title: course.title, level, version });
    }
    courses.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(courses)
}

/// Who may be chosen as tutor or teacher of the classes of a provider, by name.
pub(super) async fn teachers(cx: &Services, actor: &Actor, id: ProviderId) -> AppResult<Vec<ClassTeacher>> {
    let provider = organisation::provider(cx, id).await?;
    let place = Place::Provider { id: provider.id, division: provider.division.clone() };
    if !actor.has_any(&[Right::KeepClasses, Right::KeepTimetable], &place) {
        return Err(AppError::not_found());
    }
    let places = [place, Place::Division { code: provider.division }];
    let accounts = identity::who_may_at(cx, Right::TeachClass, &places).await?;
    let names = identity::names_of(cx, &accounts).await?;
    let mut teachers: Vec<_> =
        names.into_iter().map(|(account_id, display_name)| ClassTeacher { account_id, display_name }).collect();
    teachers.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    Ok(teachers)
}
