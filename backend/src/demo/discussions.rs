//! What a class of the demo talks about.

use super::{DAY_S, Stage, classes::keeper};
use crate::{
    access::Permit,
    learning::{self, OpenTopic},
    platform::{
        error::{AppError, AppResult},
        http::IdempotencyKey,
    },
};
use serde::Deserialize;
use shared::{
    ids::DiscussionTopicId,
    learning::{NewPost, NewTopic, ReadTopic},
};

/// When the topic was opened, in days before today; a post a day follows.
const OPENED: i64 = 8;

#[derive(Deserialize)]
struct Told {
    class: String,
    /// The tutor of the class, by their account name.
    led_by: String,
    course: String,
    title: String,
    text: String,
    /// Who has read all of it, by their account names.
    read_by: Vec<String>,
    /// The first first.
    posts: Vec<Post>,
}

#[derive(Deserialize)]
struct Post {
    /// A learner of the class, by their account name.
    by: String,
    text: String,
    /// Whether it replies to the first post.
    #[serde(default)]
    is_reply: bool,
}

impl Stage<'_> {
    /// A tutor asks a class something, and its learners talk about it. Who writes has read what was there.
    pub(super) async fn discussions(&self) -> AppResult<()> {
        let told: Told = toml::from_str(include_str!("../../demo/discussion.toml")).map_err(AppError::internal)?;
        self.days_ago(OPENED);
        let topic = self.open_topic(&told).await?;
        let mut first = None;
        for (post, there) in told.posts.iter().zip(0..) {
            self.clock.advance_s(DAY_S);
            self.read_topic(&post.by, topic, there).await?;
            let permit = learning::permit_study(self.cast.actor(&post.by)?)?;
            let new = NewPost { text: post.text.clone(), reply_to: first.filter(|_| post.is_reply) };
            let id = learning::write_post(self.cx, &permit, (topic, false), &IdempotencyKey(None), &new).await?;
            first = first.or(Some(id));
        }
        let all = u32::try_from(told.posts.len()).map_err(AppError::internal)?;
        for name in &told.read_by {
            self.read_topic(name, topic, all).await?;
        }
        Ok(())
    }

    async fn open_topic(&self, told: &Told) -> AppResult<DiscussionTopicId> {
        let class = learning::class(self.cx, self.world.class(&told.class)?).await?;
        let tutor = keeper(self.cast.actor(&told.led_by)?, &class);
        let permit: Permit<OpenTopic> = learning::permit_class(self.cx, &tutor, class.id).await?;
        let new = NewTopic {
            title: told.title.clone(),
            text: told.text.clone(),
            course_id: Some(self.world.course(&told.course)?.id),
            unit_id: None,
        };
        learning::open_topic(self.cx, &permit, &IdempotencyKey(None), &new).await
    }

    /// A learner has read a topic up to the post with this number.
    async fn read_topic(&self, name: &str, topic: DiscussionTopicId, upto: u32) -> AppResult<()> {
        let permit = learning::permit_study(self.cast.actor(name)?)?;
        learning::read_topic(self.cx, &permit, topic, ReadTopic { upto }).await
    }
}
