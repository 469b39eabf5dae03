//! A post with its replies, and what can be done about each.

use super::{
    Door, Open,
    deeds::{Hide, Report, Settle, SettleKind},
    write::Reply,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::when,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::learning::{PostState, PostThread, PostView};

/// One post, the replies to it, and the way to add one.
#[component]
pub(super) fn Thread(thread: PostThread, open: Open) -> impl IntoView {
    let PostThread { post, replies } = thread;
    let is_answerable = open.may_write() && post.state == PostState::Shown;
    let (to, named) = (post.id, post.by_name.clone());
    let reply = move |post: PostView| view! { <li><div class="stack"><Post post open /></div></li> };
    view! {
        <li>
            <div class="stack">
                <Post post open />
                {(!replies.is_empty()).then(|| view! {
                    <ul class="rows replies">{replies.into_iter().map(reply).collect_view()}</ul>
                })}
                {is_answerable.then(|| view! { <div class="row"><Reply to named open /></div> })}
            </div>
        </li>
    }
}

#[component]
fn Post(post: PostView, open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let about = post.clone();
    let PostView { text, state, by_name, is_teacher, is_own, posted_at, hidden_for, is_reported, .. } = post;
    let reason = hidden_for.map(|reason| {
        let words = move || t_string!(i18n, discussion.hidden_for, reason = reason.clone());
        view! { <p class="muted small">{words}</p> }
    });
    view! {
        <p>
            <b>{by_name}</b> " "
            {is_teacher.then(|| view! { <Tag tone=Tone::Credit>{t!(i18n, discussion.teacher)}</Tag> " " })}
            {is_own.then(|| view! { <Tag>{t!(i18n, discussion.mine)}</Tag> " " })}
            <PostTag state />
            {is_reported.then(|| view! { " " <ReportTag door=open.door /> })}
        </p>
        <Words text state />
        {reason}
        <p class="muted small num">{move || when::date_time(i18n.get_locale(), posted_at)}</p>
        <Deeds post=about open />
    }
}

/// What is said, or why it is not there.
#[component]
fn Words(text: Option<String>, state: PostState) -> impl IntoView {
    let i18n = use_i18n();
    let gone = move || match state {
        PostState::TakenBack => t_string!(i18n, discussion.taken_back_text),
        PostState::Hidden | PostState::Shown => t_string!(i18n, discussion.hidden_text),
    };
    match text {
        Some(text) => view! { <p class="own-words">{text}</p> }.into_any(),
        None => view! { <p class="muted">{gone}</p> }.into_any(),
    }
}

/// Where a post stands; nothing for one that is simply there.
#[component]
fn PostTag(state: PostState) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match state {
        PostState::Shown => t_string!(i18n, discussion.post_shown),
        PostState::Hidden => t_string!(i18n, discussion.post_hidden),
        PostState::TakenBack => t_string!(i18n, discussion.post_taken_back),
    };
    (state != PostState::Shown).then(|| view! { <Tag tone=Tone::Stop>{words}</Tag> })
}

/// That a report of a post waits.
#[component]
fn ReportTag(door: Door) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match door {
        Door::Learner => t_string!(i18n, discussion.was_reported),
        Door::Teacher | Door::Reader => t_string!(i18n, discussion.is_reported),
    };
    view! { <Tag tone=Tone::Wait>{words}</Tag> }
}

/// What the reader can do about a post.
#[component]
fn Deeds(post: PostView, open: Open) -> impl IntoView {
    let told = PostView { is_reported: true, ..post.clone() };
    let PostView { id, state, by_name, is_own, is_reported, .. } = post;
    let named = StoredValue::new(by_name);
    let after = Callback::new(move |changed: PostView| open.put(changed));
    let reload = Callback::new(move |()| open.put(told.clone()));
    let is_shown = state == PostState::Shown;
    let settle = move |kind: SettleKind| view! { <Settle id kind named=named.get_value() after /> };
    match open.door {
        Door::Learner => {
            let may_take_back = is_own && state != PostState::TakenBack;
            let may_report = !is_own && is_shown && !is_reported;
            (may_take_back || may_report)
                .then(|| {
                    view! {
                        <div class="row">
                            {may_take_back.then(|| settle(SettleKind::TakeBack))}
                            {may_report.then(|| view! { <Report id named=named.get_value() reload /> })}
                        </div>
                    }
                })
                .into_any()
        }
        Door::Teacher => {
            let may_keep = is_reported && !is_own;
            let may_show = state == PostState::Hidden && !is_own;
            (is_shown || may_keep || may_show)
                .then(|| {
                    view! {
                        <div class="row">
                            {is_shown.then(|| view! { <Hide id named=named.get_value() after /> })}
                            {may_keep.then(|| settle(SettleKind::Keep))}
                            {may_show.then(|| settle(SettleKind::Show))}
                        </div>
                    }
                })
                .into_any()
        }
        Door::Reader => ().into_any(),
    }
}
