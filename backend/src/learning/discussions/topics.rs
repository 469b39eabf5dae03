//! Topics as learners of the class and those who follow it see them.

use super::{is_closed, own_topic};
use crate::{
    access::{Actor, Permit},
    identity,
    learning::{
        catalogue,
        classes::place_of,
        entity::{discussion_topic, discussion_topic_step},
        store::{self, TopicFilter},
        study::StudyCourses,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use shared::{
    ids::{AccountId, ClassId, DiscussionTopicId, UnitId},
    learning::{ClassTopic, MyTopic, TopicView, UnreadPosts},
    page::{Page, PageQuery},
    rights::Right,
};
use std::collections::{HashMap, HashSet};

/// Topics of a class, the newest first, with what waits in them for a teacher.
pub(super) async fn of_class(
    cx: &Services,
    actor: &Actor,
    id: ClassId,
    asked: &PageQuery,
) -> AppResult<Page<ClassTopic>> {
    let found = find(cx, &[id], None, asked).await?;
    Ok(Page { items: class_topics(cx, actor, found.items).await?, next_cursor: found.next_cursor })
}

/// One topic as who follows the class sees it. Whether somebody may is for the caller to ask.
pub(super) async fn class_topic(cx: &Services, actor: &Actor, id: DiscussionTopicId) -> AppResult<ClassTopic> {
    let found = store::find_topic(cx.db.read(), id).await?.into_iter().collect();
    class_topics(cx, actor, found).await?.pop().ok_or_else(AppError::not_found)
}

async fn class_topics(cx: &Services, actor: &Actor, rows: Vec<discussion_topic::Model>) -> AppResult<Vec<ClassTopic>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let reported: HashMap<_, _> = store::count_reported_of(cx.db.read(), &ids).await?.into_iter().collect();
    let classes: Vec<_> = rows.iter().map(|row| row.class_id).collect();
    let mut classes = store::list_classes_by_ids(cx.db.read(), &classes).await?;
    classes.retain(|class| actor.has_any(&[Right::LeadDiscussion], &place_of(class)));
    let led: HashSet<_> = classes.into_iter().map(|class| class.id).collect();
    let with_reports = |topic: TopicView| ClassTopic {
        reported: counted(&reported, topic.id),
        may_lead: led.contains(&topic.class_id),
        topic,
    };
    Ok(views(cx, rows).await?.into_iter().map(with_reports).collect())
}

/// Topics of the classes that the learner is in, the newest first; those about one unit, if it is given.
pub(super) async fn own(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    unit_id: Option<UnitId>,
    asked: &PageQuery,
) -> AppResult<Page<MyTopic>> {
    let account_id = *permit.target();
    let found = find(cx, &classes_of(cx, account_id).await?, unit_id, asked).await?;
    Ok(Page { items: my_topics(cx, account_id, found.items).await?, next_cursor: found.next_cursor })
}

/// One topic of a class that the learner is in.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn my_topic(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    id: DiscussionTopicId,
) -> AppResult<MyTopic> {
    let account_id = *permit.target();
    let found = vec![own_topic(cx.db.read(), account_id, id).await?];
    my_topics(cx, account_id, found).await?.pop().ok_or_else(AppError::not_found)
}

async fn my_topics(
    cx: &Services,
    account_id: AccountId,
    rows: Vec<discussion_topic::Model>,
) -> AppResult<Vec<MyTopic>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let unread = store::count_unread_of(cx.db.read(), &ids, account_id).await?;
    let unread: HashMap<_, _> = unread.into_iter().collect();
    let with_news = |topic: TopicView| MyTopic { unread: counted(&unread, topic.id), topic };
    Ok(views(cx, rows).await?.into_iter().map(with_news).collect())
}

/// What is new to the learner in all topics of their classes.
pub(super) async fn unread(cx: &Services, permit: &Permit<StudyCourses>) -> AppResult<UnreadPosts> {
    let account_id = *permit.target();
    let classes = classes_of(cx, account_id).await?;
    Ok(UnreadPosts {
        topics: store::count_topics(cx.db.read(), &classes).await?,
        unread: store::count_unread(cx.db.read(), &classes, account_id).await?,
    })
}

async fn classes_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<ClassId>> {
    let classes = store::list_classes_of(cx.db.read(), account_id).await?;
    Ok(classes.into_iter().map(|class| class.id).collect())
}

async fn find(
    cx: &Services,
    classes: &[ClassId],
    unit_id: Option<UnitId>,
    asked: &PageQuery,
) -> AppResult<Page<discussion_topic::Model>> {
    let filter = TopicFilter { classes, unit_id, after: decode_cursor(asked)?, rows: asked.rows() + 1 };
    Ok(page(store::list_topics(cx.db.read(), filter).await?, asked, |row| row.id))
}

fn counted(counts: &HashMap<DiscussionTopicId, i64>, id: DiscussionTopicId) -> u32 {
    counts.get(&id).and_then(|count| u32::try_from(*count).ok()).unwrap_or_default()
}

/// What topics are shown with.
struct About {
    classes: HashMap<ClassId, String>,
    names: HashMap<AccountId, String>,
    steps: HashMap<DiscussionTopicId, Vec<discussion_topic_step::Model>>,
    posts: HashMap<DiscussionTopicId, i32>,
}

impl About {
    async fn of(cx: &Services, rows: &[discussion_topic::Model]) -> AppResult<Self> {
        let conn = cx.db.read();
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let classes: Vec<_> = rows.iter().map(|row| row.class_id).collect();
        let openers: Vec<_> = rows.iter().map(|row| row.opened_by).collect();
        let classes = store::list_classes_by_ids(conn, &classes).await?;
        let mut steps: HashMap<_, Vec<_>> = HashMap::new();
        for step in store::list_topic_steps(conn, &ids).await? {
            steps.entry(step.topic_id).or_default().push(step);
        }
        Ok(Self {
            classes: classes.into_iter().map(|class| (class.id, class.name)).collect(),
            names: identity::names_of(cx, &openers).await?,
            steps,
            posts: store::last_numbers(conn, &ids).await?.into_iter().collect(),
        })
    }
}

async fn views(cx: &Services, rows: Vec<discussion_topic::Model>) -> AppResult<Vec<TopicView>> {
    let about = About::of(cx, &rows).await?;
    let courses = catalogue::course_heads(cx, rows.iter().filter_map(|row| row.course_id)).await?;
    let view = |row: discussion_topic::Model| {
        let course = row.course_id.and_then(|id| courses.get(&id));
        Ok(TopicView {
            id: row.id,
            class_id: row.class_id,
            class_name: about.classes.get(&row.class_id).cloned().unwrap_or_default(),
            title: row.title,
            text: row.text,
            course_id: row.course_id,
            course_title: course.map(|course| course.title.clone()),
            unit_id: row.unit_id,
            unit_title: row.unit_title,
            by_name: about.names.get(&row.opened_by).cloned().unwrap_or_default(),
            opened_at: row.opened_at,
            is_closed: is_closed(about.steps.get(&row.id).into_iter().flatten())?,
            posts: about.posts.get(&row.id).and_then(|last| u32::try_from(*last).ok()).unwrap_or_default(),
        })
    };
    rows.into_iter().map(view).collect()
}
