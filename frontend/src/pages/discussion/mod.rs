//! 班级讨论, as learners and teachers share it: a topic, what was written in it, and what can be done about that.

mod deeds;
mod post;
mod topic;
mod write;

pub(in crate::pages) use deeds::{Hide, Settle, SettleKind};
pub(in crate::pages) use topic::{TopicLine, TopicShown};

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{Card, Notice, Paged, PagedView},
};
use leptos::prelude::*;
use post::Thread;
use shared::{
    ids::{DiscussionPostId, DiscussionTopicId},
    learning::{PostState, PostThread, PostView},
    page::Page,
};
use std::iter::once;
use write::Write;

/// Threads that a phone shows at a time.
const ROWS: &str = "20";

/// By which door somebody came to a discussion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Door {
    /// A learner of the class.
    Learner,
    /// Who leads the discussion.
    Teacher,
    /// Who follows the class, and reads alone.
    Reader,
}

impl Door {
    /// Where topics are below the API.
    const fn topics(self) -> &'static str {
        match self {
            Self::Learner => "/me/discussions",
            Self::Teacher | Self::Reader => "/discussions",
        }
    }
}

/// What the parts of an open topic share.
#[derive(Clone, Copy)]
struct Open {
    topic_id: DiscussionTopicId,
    door: Door,
    /// Whether somebody may still write in it, whoever that is.
    is_closed: bool,
    threads: Paged<PostThread>,
}

impl Open {
    fn may_write(self) -> bool {
        !self.is_closed && self.door != Door::Reader
    }

    fn path(self) -> String {
        format!("{}/{}/posts", self.door.topics(), self.topic_id)
    }

    /// Shows what was written: a reply below the post that it replies to, any other post as the newest.
    fn add(self, written: PostView, reply_to: Option<DiscussionPostId>) {
        self.threads.amend(|threads| match reply_to {
            None => threads.insert(0, PostThread { post: written, replies: Vec::new() }),
            Some(id) => {
                if let Some(thread) = threads.iter_mut().find(|thread| thread.post.id == id) {
                    thread.replies.push(written);
                }
            }
        });
    }

    /// Shows what has become of a post where it stands.
    fn put(self, changed: PostView) {
        self.threads.amend(|threads| {
            let mut posts = threads.iter_mut().flat_map(|thread| once(&mut thread.post).chain(&mut thread.replies));
            if let Some(post) = posts.find(|post| post.id == changed.id) {
                *post = changed;
            }
        });
    }
}

/// What tells a post from what it was before.
type Shape = (DiscussionPostId, PostState, bool);

fn shape(post: &PostView) -> Shape {
    (post.id, post.state, post.is_reported)
}

fn shapes(thread: &PostThread) -> Vec<Shape> {
    once(&thread.post).chain(&thread.replies).map(shape).collect()
}

/// The greatest number of the posts that came so far; 0 if there are none.
fn greatest_number(threads: &[PostThread]) -> u32 {
    let posts = threads.iter().flat_map(|thread| once(&thread.post).chain(&thread.replies));
    posts.map(|post| post.number).max().unwrap_or_default()
}

/// The way to write in a topic, and what was written in it.
#[component]
pub(in crate::pages) fn Talk(
    /// The topic.
    topic_id: DiscussionTopicId,
    /// Whether nobody writes in it any more.
    is_closed: bool,
    /// By which door the reader came.
    door: Door,
    /// Hears the greatest number of the posts that are shown, again after each load.
    #[prop(optional)]
    seen: Option<Callback<u32>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let threads = Paged::new(move |cursor| {
        let asked = query(&[("cursor", cursor), ("limit", Some(ROWS.to_owned()))]);
        let path = format!("{}/{topic_id}/posts?{asked}", door.topics());
        async move {
            let page: Outcome<Page<PostThread>> = client::get(actor, &path).await;
            page
        }
    });
    let open = Open { topic_id, door, is_closed, threads };
    if let Some(seen) = seen {
        let upto = Memo::new(move |_| threads.rows().with(|threads| greatest_number(threads)));
        Effect::new(move |_| match upto.get() {
            0 => {}
            upto => seen.run(upto),
        });
    }
    view! {
        {is_closed.then(|| view! { <Notice>{t!(i18n, discussion.closed_text)}</Notice> })}
        {open.may_write().then(|| view! {
            <Card title=words(|locale| td_string!(locale, discussion.write_title))>
                <Write open />
            </Card>
        })}
        <Card title=words(|locale| td_string!(locale, discussion.posts_title))>
            <PagedView paged=threads empty=words(|locale| td_string!(locale, discussion.posts_none))>
                <ul class="rows">
                    <For each=move || threads.rows().get() key=shapes let:thread>
                        <Thread thread open />
                    </For>
                </ul>
            </PagedView>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::Timestamp;
    use uuid::Uuid;

    fn post(state: PostState, is_reported: bool) -> PostView {
        PostView {
            id: DiscussionPostId(Uuid::nil()),
            number: 1,
            text: None,
            state,
            by_name: String::new(),
            is_teacher: false,
            is_own: false,
            posted_at: Timestamp(1),
            hidden_for: None,
            is_reported,
        }
    }

    #[test]
    fn a_thread_is_drawn_anew_when_anything_of_it_has_changed() {
        let thread = |reply| PostThread { post: post(PostState::Shown, false), replies: vec![reply] };
        let before = shapes(&thread(post(PostState::Shown, false)));
        assert_eq!(before, shapes(&thread(post(PostState::Shown, false))));
        assert_ne!(before, shapes(&thread(post(PostState::Hidden, false))));
        assert_ne!(before, shapes(&thread(post(PostState::Shown, true))));
    }

    #[test]
    fn the_greatest_number_may_be_that_of_a_reply() {
        let numbered = |number| PostView { number, ..post(PostState::Shown, false) };
        let thread = |number, replies: &[u32]| PostThread {
            post: numbered(number),
            replies: replies.iter().copied().map(numbered).collect(),
        };
        assert_eq!(greatest_number(&[]), 0);
        assert_eq!(greatest_number(&[thread(5, &[]), thread(1, &[2, 7])]), 7);
    }

    #[test]
    fn learners_and_teachers_have_doors_of_their_own() {
        assert_eq!(Door::Learner.topics(), "/me/discussions");
        assert_eq!((Door::Teacher.topics(), Door::Reader.topics()), ("/discussions", "/discussions"));
    }
}
