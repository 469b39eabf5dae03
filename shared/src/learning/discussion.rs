//! 班级讨论: topics that teachers open to a class, what its learners and teachers write there, and how it is kept in
//! order. Everything is a fact; where a post or a topic stands follows from them.

use super::{ModeratePost, NewPost, NewTopic, ReportPost};
use crate::{
    ids::AccountId,
    people::check_reason,
    person::mask_numbers,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// What somebody did about a post. Each is a fact, and none is undone but by a later one.
    PostDeed {
        /// A learner told the teachers of it.
        Reported = "reported",
        /// A teacher found it in order.
        Kept = "kept",
        /// A teacher hid it from the class.
        Hidden = "hidden",
        /// A teacher showed it to the class again.
        Shown = "shown",
        /// Who wrote it took it back.
        TakenBack = "taken_back",
    }
}

text_enum! {
    /// Where a post stands. Derived, never set.
    PostState {
        /// The class reads it.
        Shown = "shown",
        /// 已隐藏: teachers and who wrote it read it.
        Hidden = "hidden",
        /// 已撤回: nobody reads it any more, but teachers while a report of it waits.
        TakenBack = "taken_back",
    }
}

text_enum! {
    /// What a teacher says of a post.
    Moderation {
        /// The class is not to read it.
        Hide = "hide",
        /// The class may read it again.
        Show = "show",
        /// It was reported, and is in order.
        Keep = "keep",
    }
}

text_enum! {
    /// What a teacher does with a topic.
    TopicStep {
        /// Nobody writes in it any more.
        Close = "close",
        /// The class may write in it again.
        Reopen = "reopen",
    }
}

/// Characters of a topic's title at most.
pub const MAX_TOPIC_TITLE_CHARS: usize = 60;
/// Characters of a topic's question at most.
pub const MAX_TOPIC_CHARS: usize = 1_000;
/// Characters of a post at most.
pub const MAX_POST_CHARS: usize = 500;
/// Replies to one post at most.
pub const MAX_REPLIES: u64 = 100;
/// Posts that one person may write within [`POSTS_WINDOW_S`].
pub const MAX_RECENT_POSTS: u64 = 10;
/// The time in which they are counted, in seconds.
pub const POSTS_WINDOW_S: i64 = 600;

/// Why something is not written or not done in a discussion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiscussionRefusal {
    /// The topic is closed.
    #[error("the topic is closed")]
    TopicClosed,
    /// The topic is closed or open already.
    #[error("the topic is so already")]
    TopicSettled,
    /// The writer has written much of late.
    #[error("{most} posts within {minutes} minutes")]
    TooManyPosts {
        /// How many may be written.
        most: u64,
        /// In how many minutes.
        minutes: i64,
    },
    /// The post has as many replies as one may have.
    #[error("a post has {most} replies")]
    RepliesFull {
        /// How many that is.
        most: u64,
    },
    /// The post was hidden or taken back.
    #[error("the post is {state}")]
    PostGone {
        /// Where it stands.
        state: PostState,
    },
    /// The post is not hidden.
    #[error("the post is not hidden")]
    NotHidden,
    /// No report of the post waits.
    #[error("no report waits")]
    NothingReported,
    /// Nobody reports their own post, and nobody settles what becomes of it but by hiding it.
    #[error("who wrote may not report or settle")]
    OwnPost,
}

impl Refusal for DiscussionRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::TooManyPosts { .. } => ProblemCode::TooMany,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::TopicClosed => "wrong-state.topic-closed",
            Self::TopicSettled => "wrong-state.topic-settled",
            Self::TooManyPosts { .. } => "too-many.posts",
            Self::RepliesFull { .. } => "wrong-state.replies-full",
            Self::PostGone { .. } => "wrong-state.post-gone",
            Self::NotHidden => "wrong-state.post-not-hidden",
            Self::NothingReported => "wrong-state.post-not-reported",
            Self::OwnPost => "wrong-state.post-own",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::TooManyPosts { most, minutes } => serde_json::json!({ "most": most, "minutes": minutes }),
            Self::RepliesFull { most } => serde_json::json!({ "most": most }),
            Self::PostGone { state } => serde_json::json!({ "state": state }),
            _ => serde_json::Value::Null,
        }
    }

    fn retry_after_s(&self) -> Option<i64> {
        matches!(self, Self::TooManyPosts { .. }).then_some(POSTS_WINDOW_S)
    }
}

impl PostDeed {
    /// Whether a teacher has dealt with a report by it. Who wrote the post does not, by taking it back.
    #[must_use]
    pub const fn settles_report(self) -> bool {
        !matches!(self, Self::Reported | Self::TakenBack)
    }
}

/// Where a post stands after what was done about it, the first first.
#[must_use]
pub fn post_state(deeds: &[PostDeed]) -> PostState {
    deeds.iter().fold(PostState::Shown, |state, deed| match deed {
        PostDeed::Reported | PostDeed::Kept => state,
        PostDeed::Hidden => PostState::Hidden,
        PostDeed::Shown => PostState::Shown,
        PostDeed::TakenBack => PostState::TakenBack,
    })
}

/// Whether a report of a post waits for a teacher, after what was done about it, the first first.
#[must_use]
pub fn waits_for_teacher(deeds: &[PostDeed]) -> bool {
    deeds.iter().rev().take_while(|deed| !deed.settles_report()).any(|deed| *deed == PostDeed::Reported)
}

/// Whether somebody reads the words of a post: what is hidden teachers and its writer do, what was taken back nobody
/// but teachers while a report of it waits.
#[must_use]
pub fn may_read_post(post: &PostFacts, by: AccountId, is_teacher: bool) -> bool {
    match post.state {
        PostState::Shown => true,
        PostState::Hidden => post.written_by == by || is_teacher,
        PostState::TakenBack => is_teacher && post.waits,
    }
}

/// Whether a topic is closed after its steps, the first first.
#[must_use]
pub fn is_topic_closed(steps: &[TopicStep]) -> bool {
    steps.last() == Some(&TopicStep::Close)
}

/// Whether a topic may take a step.
///
/// # Errors
/// [`DiscussionRefusal::TopicSettled`].
pub const fn judge_topic_step(is_closed: bool, step: TopicStep) -> Result<(), DiscussionRefusal> {
    match (step, is_closed) {
        (TopicStep::Close, false) | (TopicStep::Reopen, true) => Ok(()),
        _ => Err(DiscussionRefusal::TopicSettled),
    }
}

/// What is known where somebody wants to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WritingFacts {
    /// Whether the topic is closed.
    pub is_closed: bool,
    /// How much the writer has written of late, in whatever topic.
    pub recent: u64,
    /// The post that is replied to, if one is: where it stands, and how many replies it has.
    pub replied_to: Option<(PostState, u64)>,
}

/// Whether somebody may write a post.
///
/// # Errors
/// [`DiscussionRefusal`].
pub const fn may_write_post(facts: &WritingFacts) -> Result<(), DiscussionRefusal> {
    if facts.is_closed {
        return Err(DiscussionRefusal::TopicClosed);
    }
    match facts.replied_to {
        Some((state @ (PostState::Hidden | PostState::TakenBack), _)) => {
            return Err(DiscussionRefusal::PostGone { state });
        }
        Some((PostState::Shown, replies)) if replies >= MAX_REPLIES => {
            return Err(DiscussionRefusal::RepliesFull { most: MAX_REPLIES });
        }
        _ => {}
    }
    if facts.recent >= MAX_RECENT_POSTS {
        return Err(DiscussionRefusal::TooManyPosts { most: MAX_RECENT_POSTS, minutes: POSTS_WINDOW_S / 60 });
    }
    Ok(())
}

/// What is known of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostFacts {
    /// Where it stands.
    pub state: PostState,
    /// Who wrote it.
    pub written_by: AccountId,
    /// Whether a report of it waits.
    pub waits: bool,
}

/// Whether `by` may report a post of their class.
///
/// # Errors
/// [`DiscussionRefusal`].
pub fn may_report_post(post: &PostFacts, by: AccountId) -> Result<(), DiscussionRefusal> {
    match post.state {
        PostState::Shown if post.written_by == by => Err(DiscussionRefusal::OwnPost),
        PostState::Shown => Ok(()),
        state => Err(DiscussionRefusal::PostGone { state }),
    }
}

/// Whether who wrote a post may take it back; what is hidden, too.
///
/// # Errors
/// [`DiscussionRefusal::PostGone`].
pub const fn may_take_back_post(state: PostState) -> Result<(), DiscussionRefusal> {
    match state {
        PostState::Shown | PostState::Hidden => Ok(()),
        PostState::TakenBack => Err(DiscussionRefusal::PostGone { state }),
    }
}

/// The fact that comes of what the teacher `by` says of a post. Their own they may hide, and no more; a report of what
/// was taken back is settled, too.
///
/// # Errors
/// [`DiscussionRefusal`].
pub fn judge_moderation(post: &PostFacts, said: Moderation, by: AccountId) -> Result<PostDeed, DiscussionRefusal> {
    let state = post.state;
    match (said, state) {
        (Moderation::Hide, PostState::Shown) => Ok(PostDeed::Hidden),
        (Moderation::Show | Moderation::Keep, _) if post.written_by == by => Err(DiscussionRefusal::OwnPost),
        (Moderation::Show, PostState::Hidden) => Ok(PostDeed::Shown),
        (Moderation::Keep, PostState::Shown | PostState::TakenBack) if post.waits => Ok(PostDeed::Kept),
        (Moderation::Keep, PostState::Shown) => Err(DiscussionRefusal::NothingReported),
        (Moderation::Show, PostState::Shown) => Err(DiscussionRefusal::NotHidden),
        _ => Err(DiscussionRefusal::PostGone { state }),
    }
}

impl NewTopic {
    /// The same without blanks around, if it may be opened.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<Self, Vec<FieldError>> {
        let (title, text) =
            (checked(&self.title, MAX_TOPIC_TITLE_CHARS, "/title"), checked(&self.text, MAX_TOPIC_CHARS, "/text"));
        let is_lost = self.unit_id.is_some() && self.course_id.is_none();
        let course = if is_lost { Err(FieldError::new("/course_id", "required")) } else { Ok(()) };
        match (title, text, course) {
            (Ok(title), Ok(text), Ok(())) => Ok(Self { title, text, course_id: self.course_id, unit_id: self.unit_id }),
            (title, text, course) => Err([title.err(), text.err(), course.err()].into_iter().flatten().collect()),
        }
    }
}

impl NewPost {
    /// The words in the form in which they are kept.
    ///
    /// # Errors
    /// The field `/text`.
    pub fn check(&self) -> Result<String, FieldError> {
        checked(&self.text, MAX_POST_CHARS, "/text")
    }
}

impl ReportPost {
    /// The reason in the form in which it is kept.
    ///
    /// # Errors
    /// The field `/reason`.
    pub fn check(&self) -> Result<String, FieldError> {
        check_reason(&self.reason, "/reason")
    }
}

impl ModeratePost {
    /// The reason in the form in which it is kept; who hides a post says why.
    ///
    /// # Errors
    /// The field `/reason`.
    pub fn check(&self) -> Result<String, FieldError> {
        match self.step {
            Moderation::Show | Moderation::Keep if self.reason.trim().is_empty() => Ok(String::new()),
            _ => check_reason(&self.reason, "/reason"),
        }
    }
}

/// Words that a class reads: no long number belongs into them, also none that is written in parts.
fn checked(text: &str, most: usize, pointer: &str) -> Result<String, FieldError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(FieldError::new(pointer, "required")),
        chars if chars > most => Err(FieldError::new(pointer, "too-long")),
        _ if mask_numbers(text) != text => Err(FieldError::new(pointer, "holds-number")),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
