//! What a topic is, in a list and on its own page.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::when,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::TopicView;

/// One topic of a list.
#[component]
pub(in crate::pages) fn TopicLine(
    /// The topic.
    topic: TopicView,
    /// Where it is read.
    href: String,
    /// What is new in it; empty if nothing is.
    #[prop(into)]
    news: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let TopicView { title, class_name, unit_title, by_name, opened_at, is_closed, posts, .. } = topic;
    let has_news = Memo::new(move |_| news.with(|news| !news.is_empty()));
    let unit = unit_title.map(|unit| format!(" · {unit}"));
    view! {
        <li>
            <div class="stack">
                <p class="lone"><A href>{title}</A></p>
                <Show when=move || is_closed || has_news.get()>
                    <p>
                        {is_closed.then(|| view! { <Tag>{t!(i18n, discussion.closed)}</Tag> " " })}
                        <Show when=move || has_news.get()>
                            <Tag tone=Tone::Wait>{move || news.get()}</Tag>
                        </Show>
                    </p>
                </Show>
                <p class="muted small num">
                    {class_name} {unit} " · " {by_name} " · " {move || when::date_time(i18n.get_locale(), opened_at)}
                    " · " {move || t_string!(i18n, discussion.posts, count = posts)}
                </p>
            </div>
        </li>
    }
}

/// What is asked, by whom, and what it is about.
#[component]
pub(in crate::pages) fn TopicShown(
    /// The topic.
    topic: TopicView,
    /// Where its unit is read; absent for who does not study it.
    unit_href: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let TopicView { text, class_name, course_title, unit_title, by_name, opened_at, .. } = topic;
    let unit = unit_title.map(|title| match unit_href {
        Some(href) => view! { <p>{t!(i18n, discussion.about_unit)} <A href>{title}</A></p> }.into_any(),
        None => view! { <p>{t!(i18n, discussion.about_unit)} {title}</p> }.into_any(),
    });
    view! {
        <section class="card stack">
            <p class="own-words">{text}</p>
            {course_title.map(|title| view! { <p class="muted small">{title}</p> })}
            {unit}
            <p class="muted small num">
                {class_name} " · " {by_name} " · " {move || when::date_time(i18n.get_locale(), opened_at)}
            </p>
        </section>
    }
}
