//! 被举报的发言: posts that learners reported, and what a teacher says of them.

use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        discussion::{Hide, Settle, SettleKind},
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{PageHeading, Paged, PagedView},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    learning::{PostReport, PostState, PostView, ReportedPost},
    page::Page,
};

lazy_page! {
    /// The page.
    ReportedPostsPage = ReportedPosts in school;
}

#[component]
fn ReportedPosts() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let reported = Paged::new(move |cursor| {
        let path = format!("/discussion_reports?{}", query(&[("cursor", cursor)]));
        async move {
            let page: Outcome<Page<ReportedPost>> = client::get(actor, &path).await;
            page
        }
    });
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, discussion.reports_title)) />
            <p class="muted">{t!(i18n, discussion.reports_about)}</p>
            <PagedView paged=reported empty=words(|locale| td_string!(locale, discussion.reports_none))>
                <ul class="rows card">
                    <For
                        each=move || reported.rows().get()
                        key=|row: &ReportedPost| (row.post.id, row.reports.len())
                        let:row
                    >
                        <Line row reported />
                    </For>
                </ul>
            </PagedView>
            <p><A href="/desk">{t!(i18n, common.desk)}</A></p>
        </main>
    }
}

/// One post, why it was reported, and what can be said of it.
#[component]
fn Line(row: ReportedPost, reported: Paged<ReportedPost>) -> impl IntoView {
    let i18n = use_i18n();
    let ReportedPost { class_id, class_name, topic_id, topic_title, post, reports } = row;
    let PostView { id, text, state, by_name, is_own, posted_at, .. } = post;
    let named = StoredValue::new(by_name.clone());
    let after = Callback::new(move |_: PostView| reported.reload());
    let report = move |report: PostReport| {
        let at = move || when::date_time(i18n.get_locale(), report.reported_at);
        view! { <li><p><b>{report.reason}</b> <span class="muted small num">{report.by_name} " · " {at}</span></p></li> }
    };
    view! {
        <li>
            <div class="stack">
                <p><b>{by_name}</b></p>
                <p class="muted small num">
                    <A href=format!("/classes/{class_id}?part=discussions")>{class_name}</A> " · "
                    <A href=format!("/discussions/{topic_id}")>{topic_title}</A> " · "
                    {move || when::date_time(i18n.get_locale(), posted_at)}
                </p>
                <p class="own-words">{text}</p>
                {(state == PostState::TakenBack).then(|| view! {
                    <p class="muted small">{t!(i18n, discussion.taken_back_text)}</p>
                })}
                <ul class="rows replies">{reports.into_iter().map(report).collect_view()}</ul>
                <div class="row">
                    {(state == PostState::Shown).then(|| view! { <Hide id named=named.get_value() after /> })}
                    {(!is_own).then(|| view! {
                        <Settle id kind=SettleKind::Keep named=named.get_value() after />
                    })}
                </div>
            </div>
        </li>
    }
}
