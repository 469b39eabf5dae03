//! What stands before anything happens: schools, classes, courses, items and papers.

use super::{
    blueprints, content,
    people::{Cast, classmates},
    pictures,
    schools::{self, Plan},
};
use crate::{
    access::{JobName, Permit, actions, authorize},
    item_bank, learning, organisation, papers,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::IdempotencyKey,
    },
};
use shared::{
    ids::{ClassId, CourseId, ItemId, PaperId, ProviderId},
    item_bank::{Item, ItemKind},
    learning::CourseContent,
    papers::{NewPaper, PaperItem},
    points::Points,
    time::Timestamp,
};
use std::{collections::HashMap, path::Path};
use uuid::Uuid;

actions! {
    /// Create the schools, courses and items of the demo province.
    SeedWorld(Uuid) = AuthorCourse;
}

/// A course of the demo.
pub(super) struct DemoCourse {
    pub(super) id: CourseId,
    pub(super) title: String,
    pub(super) content: CourseContent,
    /// Its items with their ids.
    pub(super) items: Vec<(ItemId, Item)>,
    /// Its sealed paper, if it has items.
    pub(super) paper_id: Option<PaperId>,
}

/// Courses by code.
pub(super) struct World {
    courses: HashMap<String, DemoCourse>,
    /// Schools by name.
    schools: HashMap<String, ProviderId>,
    /// Classes by name.
    classes: HashMap<String, ClassId>,
    exam_title: String,
}

impl World {
    /// The title of a test of `course` in this month.
    pub(super) fn exam_title(&self, course: &str, at: Timestamp) -> String {
        exam_title(&self.exam_title, course, at)
    }

    /// The school with this name.
    pub(super) fn school(&self, name: &str) -> AppResult<ProviderId> {
        let school = self.schools.get(name).copied();
        school.ok_or_else(|| AppError::internal(format!("the demo has no school {name}")))
    }

    /// The class with this name.
    pub(super) fn class(&self, name: &str) -> AppResult<ClassId> {
        let class = self.classes.get(name).copied();
        class.ok_or_else(|| AppError::internal(format!("the demo has no class {name}")))
    }

    /// The course with this code.
    pub(super) fn course(&self, code: &str) -> AppResult<&DemoCourse> {
        self.courses.get(code).ok_or_else(|| AppError::internal(format!("the demo has no course {code}")))
    }
}

/// The title of a test of `course` in the month of `at`, as `pattern` has it.
pub(super) fn exam_title(pattern: &str, course: &str, at: Timestamp) -> String {
    let at = at.in_china();
    let (year, month) = (at.year().to_string(), at.month().to_string());
    pattern.replace("{year}", &year).replace("{month}", &month).replace("{course}", course)
}

/// Whether the world was created before.
pub(super) async fn is_there(cx: &Services) -> AppResult<bool> {
    Ok(!learning::courses(cx).await?.is_empty())
}

/// Creates the world.
pub(super) async fn create(cx: &Services, cast: &Cast, folder: &Path) -> AppResult<World> {
    let permit = Permit::<SeedWorld>::for_job(JobName::SeedDemo, cx.ids.uuid());
    let mut courses = HashMap::new();
    for (new, mut content) in content::courses(&folder.join("courses")).map_err(AppError::internal)? {
        pictures::place(cx, &folder.join("courses").join(&new.code), &mut content).await?;
        let items = content::items(&folder.join("items"), &new.code).map_err(AppError::internal)?;
        let said = content::descriptors(&folder.join("items"), &new.code).map_err(AppError::internal)?;
        let drafts = content::items(&folder.join("drafts"), &new.code).map_err(AppError::internal)?;
        let teacher = cast.actor("wangteacher")?.account_id;
        let colleague = cast.actor("luoteacher")?.account_id;
        let (author, reviewer) = (cast.actor("itemauthor")?.account_id, cast.actor("itemreviewer")?.account_id);
        let (id, ids) = cx
            .db
            .write(&permit, async |tx| {
                let id = learning::create_course(cx, tx, teacher, new.clone()).await?;
                learning::save_and_publish(cx, tx, (teacher, colleague), id, content.clone()).await?;
                let ids = item_bank::store_items(cx, tx, author, id, &items).await?;
                item_bank::approve(cx, tx, reviewer, &ids).await?;
                item_bank::store_items(cx, tx, author, id, &drafts).await?;
                Ok((id, ids))
            })
            .await?;
        let mut course =
            DemoCourse { id, title: new.title, content, items: ids.into_iter().zip(items).collect(), paper_id: None };
        blueprints::describe(cx, cast, &course, &said).await?;
        course.paper_id = paper(cx, cast, &course).await?;
        courses.insert(new.code, course);
    }
    let plan = schools::plan(&folder.join("schools.toml")).map_err(AppError::internal)?;
    let Opened { schools, classes } = open_schools(cx, cast, &plan, &courses).await?;
    Ok(World { courses, schools, classes, exam_title: plan.exam_title })
}

/// Composes a paper of all items of a course, and has it sealed by somebody else.
async fn paper(cx: &Services, cast: &Cast, course: &DemoCourse) -> AppResult<Option<PaperId>> {
    if course.items.is_empty() {
        return Ok(None);
    }
    let actor = cast.actor("exam1")?;
    let of = |(id, item): &(ItemId, Item)| PaperItem { item_id: *id, points: worth(item), is_trial: false };
    let (course_id, title) = (course.id, course.title.clone());
    let items = course.items.iter().map(of).collect();
    let new = NewPaper { course_id, title, items, sections: Vec::new() };
    let place = organisation::catalogue();
    let composing = authorize(actor, cx.ids.new_id(), &place)?;
    let id = papers::compose(cx, &composing, &IdempotencyKey(None), &new).await?;
    papers::propose(cx, &authorize(actor, id, &place)?).await?;
    papers::seal(cx, &authorize(cast.actor("exam2")?, id, &place)?).await?;
    Ok(Some(id))
}

const fn worth(item: &Item) -> Points {
    match item.body.kind() {
        ItemKind::SingleChoice | ItemKind::TrueFalse | ItemKind::Numeric => Points::whole(4),
        ItemKind::MultipleChoice
        | ItemKind::FillIn
        | ItemKind::Matching
        | ItemKind::Ordering
        | ItemKind::InlineChoice
        | ItemKind::Matrix
        | ItemKind::HotText
        | ItemKind::Correction => Points::whole(6),
        ItemKind::ShortAnswer | ItemKind::Essay | ItemKind::Calculation | ItemKind::Composite => Points::whole(12),
    }
}

/// Schools and their classes, by name.
#[derive(Default)]
struct Opened {
    schools: HashMap<String, ProviderId>,
    classes: HashMap<String, ClassId>,
}

/// Opens schools, sites and classes. Those whose accounts are offered come to the first class later.
async fn open_schools(
    cx: &Services,
    cast: &Cast,
    plan: &Plan,
    courses: &HashMap<String, DemoCourse>,
) -> AppResult<Opened> {
    let mut ids: Vec<_> = courses.iter().map(|(code, course)| (code, course.id)).collect();
    ids.sort();
    let ids: Vec<CourseId> = ids.into_iter().map(|(_, id)| id).collect();
    let mut members: Vec<Vec<_>> = Vec::new();
    for (at, name) in (2..).zip(classmates()?) {
        let class = at % 3;
        members.resize_with(members.len().max(class + 1), Vec::new);
        members[class].push(cast.actor(&name)?.account_id);
    }
    let permit = Permit::<SeedWorld>::for_job(JobName::SeedDemo, cx.ids.uuid());
    cx.db.write(&permit, async |tx| schools::enter_sites(cx, tx, &plan.exam_sites).await).await?;
    let (mut members, mut opened) = (members.into_iter(), Opened::default());
    for school in &plan.schools {
        let members = if school.classes.is_empty() { Vec::new() } else { members.next().unwrap_or_default() };
        let (id, classes) = cx
            .db
            .write(&permit, async |tx| {
                let (provider_id, mut classes) = (schools::enter(cx, tx, school).await?, Vec::new());
                for class in &school.classes {
                    let id: ClassId = learning::open_class(cx, tx, provider_id, &class.name, class.form, &ids).await?;
                    for member in &members {
                        learning::join_class(tx, id, *member).await?;
                    }
                    classes.push((class.name.clone(), id));
                }
                Ok((provider_id, classes))
            })
            .await?;
        opened.schools.insert(school.entry().name, id);
        opened.classes.extend(classes);
    }
    Ok(opened)
}
