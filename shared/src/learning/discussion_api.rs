//! Requests and responses of `/classes/{id}/discussions`, `/discussions`, `/discussion_posts`, `/discussion_reports` and
//! of the same below `/me`.

use super::{Activity, Moderation, PostState, TopicStep, Unit};
use crate::{
    ids::{ClassId, CourseId, DiscussionPostId, DiscussionTopicId, UnitId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /classes/{id}/discussions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTopic {
    /// What it is called.
    pub title: String,
    /// What is asked, in plain text.
    pub text: String,
    /// The course of the class that it is about.
    pub course_id: Option<CourseId>,
    /// The unit of that course.
    pub unit_id: Option<UnitId>,
}

/// Body of `POST /discussions/{id}/steps`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepTopic {
    /// What is done with it.
    pub step: TopicStep,
}

/// Body of `POST /discussions/{id}/posts` and of `POST /me/discussions/{id}/posts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPost {
    /// What is said, in plain text.
    pub text: String,
    /// The post that is replied to; it is itself no reply.
    pub reply_to: Option<DiscussionPostId>,
}

/// Body of `POST /me/discussions/{id}/read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadTopic {
    /// The number of the last post that was there.
    pub upto: u32,
}

/// Body of `POST /me/discussion_posts/{id}/reports`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportPost {
    /// What is wrong with it.
    pub reason: String,
}

/// Body of `POST /discussion_posts/{id}/steps`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ModeratePost {
    /// What is said of it.
    pub step: Moderation,
    /// Why; empty unless it is hidden.
    pub reason: String,
}

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TopicView {
    /// The topic.
    pub id: DiscussionTopicId,
    /// The class.
    pub class_id: ClassId,
    /// Its name.
    pub class_name: String,
    /// What it is called.
    pub title: String,
    /// What is asked.
    pub text: String,
    /// The course that it is about.
    pub course_id: Option<CourseId>,
    /// Its title.
    pub course_title: Option<String>,
    /// The unit that it is about.
    pub unit_id: Option<UnitId>,
    /// The title of the unit, as it was then.
    pub unit_title: Option<String>,
    /// Name of the teacher who opened it.
    pub by_name: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Whether nobody writes in it any more.
    pub is_closed: bool,
    /// How many posts it has, which is the number of the last.
    pub posts: u32,
}

/// A topic as a learner of the class sees it: a row of `GET /me/discussions`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTopic {
    /// The topic.
    pub topic: TopicView,
    /// Posts of others that the learner has not read.
    pub unread: u32,
}

/// A topic as who follows the class sees it: a row of `GET /classes/{id}/discussions`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassTopic {
    /// The topic.
    pub topic: TopicView,
    /// Posts in it that learners reported, and that wait for a teacher.
    pub reported: u32,
    /// Whether the reader leads the discussion: writes in it, closes it, and keeps it in order.
    pub may_lead: bool,
}

/// What is new to a learner in all topics: `GET /me/discussions/unread`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadPosts {
    /// Topics of the learner's classes.
    pub topics: u64,
    /// Posts of others in them that the learner has not read.
    pub unread: u64,
}

/// A post as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostView {
    /// The post.
    pub id: DiscussionPostId,
    /// Its number in the topic, from one.
    pub number: u32,
    /// What is said; absent where the reader may not read it.
    pub text: Option<String>,
    /// Where it stands.
    pub state: PostState,
    /// Who wrote it: teachers by their names, learners to each other with part of it hidden.
    pub by_name: String,
    /// Whether a teacher wrote it.
    pub is_teacher: bool,
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// When it was written.
    pub posted_at: Timestamp,
    /// Why it is hidden; for teachers and who wrote it.
    pub hidden_for: Option<String>,
    /// Whether a report of it waits: to a teacher anybody's, to a learner their own.
    pub is_reported: bool,
}

/// A post with the replies to it, the first reply first: a row of a topic's posts, the newest post first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostThread {
    /// The post.
    pub post: PostView,
    /// The replies.
    pub replies: Vec<PostView>,
}

/// A report of a post that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostReport {
    /// Name of who reported it.
    pub by_name: String,
    /// What is wrong with it.
    pub reason: String,
    /// When it was reported.
    pub reported_at: Timestamp,
}

/// A post that learners reported: a row of `GET /discussion_reports`, the first written first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportedPost {
    /// The class.
    pub class_id: ClassId,
    /// Its name.
    pub class_name: String,
    /// The topic.
    pub topic_id: DiscussionTopicId,
    /// What it is called.
    pub topic_title: String,
    /// The post.
    pub post: PostView,
    /// The reports, the first first.
    pub reports: Vec<PostReport>,
}

/// A unit that a topic may be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitName {
    /// The unit.
    pub id: UnitId,
    /// Its title.
    pub title: String,
    /// What its authors ask to be discussed, in order.
    pub prompts: Vec<DiscussionPrompt>,
}

/// 讨论题: what the authors of a unit ask to be discussed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiscussionPrompt {
    /// The title.
    pub title: String,
    /// What is asked, in plain text.
    pub prompt: String,
}

impl UnitName {
    /// The unit of a course.
    #[must_use]
    pub fn of(unit: &Unit) -> Self {
        let prompt = |activity: &Activity| {
            let prompt = activity.body.discussion()?.to_owned();
            Some(DiscussionPrompt { title: activity.title.clone(), prompt })
        };
        let prompts = unit.activities.iter().filter_map(prompt).collect();
        Self { id: unit.id, title: unit.title.clone(), prompts }
    }
}

/// What topics of a class may be about, course by course: `GET /classes/{id}/units`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassUnits {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// The units of its newest version, in order.
    pub units: Vec<UnitName>,
}

/// What somebody has written in discussions, among their own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnPost {
    /// Name of the class.
    pub class_name: String,
    /// The topic.
    pub topic_title: String,
    /// What was said, also if it was taken back.
    pub text: String,
    /// Where it stands.
    pub state: PostState,
    /// When it was written.
    pub posted_at: Timestamp,
}

/// What somebody has reported to teachers, among their own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnPostReport {
    /// Name of the class.
    pub class_name: String,
    /// The topic.
    pub topic_title: String,
    /// What was wrong with the post.
    pub reason: String,
    /// When it was reported.
    pub reported_at: Timestamp,
}

/// That somebody has read in a topic, among their own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnTopicReading {
    /// Name of the class.
    pub class_name: String,
    /// The topic.
    pub topic_title: String,
    /// The number of the last post that was there.
    pub upto: u32,
    /// When that was.
    pub read_at: Timestamp,
}

/// What discussions know of somebody, among their own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnDiscussion {
    /// What they wrote, the last first.
    pub posts: Vec<OwnPost>,
    /// What they reported, the last first.
    pub reports: Vec<OwnPostReport>,
    /// How far they read, the last first.
    pub readings: Vec<OwnTopicReading>,
}
