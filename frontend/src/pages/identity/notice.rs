//! The privacy notice by its version, for anybody: the one in force, and every one before it.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::client::{self, Outcome},
    ui::{AsyncView, Card, EmptyState, PageHeading},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::identity::PrivacyNotice;

lazy_page! {
    /// The page.
    NoticePage = ReadNotice in public;
}

#[component]
fn ReadNotice() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(|params| params.get("version")));
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, privacy.notice_page)) />
            {move || view! { <Version wanted=wanted.get() /> }}
        </main>
    }
}

/// The one that the address names, or the one in force.
#[component]
fn Version(wanted: Option<String>) -> impl IntoView {
    let found = LocalResource::new(move || find(wanted.clone()));
    view! {
        <AsyncView resource=found let:found>
            {match found {
                Some(notice) => view! { <Standing is_current=notice.is_current /> <NoticeText notice /> }.into_any(),
                None => view! { <NoSuch /> }.into_any(),
            }}
        </AsyncView>
    }
}

async fn find(wanted: Option<String>) -> Outcome<Option<PrivacyNotice>> {
    let Some(wanted) = wanted else { return current().await };
    match wanted.parse::<u16>() {
        Ok(version) => client::get_open(&format!("/privacy_notices/{version}")).await,
        Err(_) => Ok(None),
    }
}

async fn current() -> Outcome<Option<PrivacyNotice>> {
    client::get_open("/privacy_notices/current").await
}

/// Whether it is in force, and the way to the one that is.
#[component]
fn Standing(is_current: bool) -> impl IntoView {
    let i18n = use_i18n();
    if is_current {
        view! { <p class="muted">{t!(i18n, privacy.notice_now)}</p> }.into_any()
    } else {
        view! {
            <p class="muted">{t!(i18n, privacy.notice_former)}</p>
            <p class="lone"><A href="/privacy">{t!(i18n, privacy.see_current)}</A></p>
        }
        .into_any()
    }
}

#[component]
fn NoSuch() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState text=words(|locale| td_string!(locale, privacy.no_such_notice))>
            <A href="/privacy">{t!(i18n, privacy.see_current)}</A>
        </EmptyState>
    }
}

/// The notice in force, as a part of other pages.
#[component]
pub(super) fn CurrentNotice() -> impl IntoView {
    let found = LocalResource::new(current);
    view! {
        <AsyncView resource=found let:found>
            {found.map(|notice| view! { <NoticeText notice /> })}
        </AsyncView>
    }
}

/// What a version says.
#[component]
fn NoticeText(notice: PrivacyNotice) -> impl IntoView {
    let i18n = use_i18n();
    let version = notice.version;
    let title = move || t_string!(i18n, privacy.notice_title, version = version).to_string();
    let paragraphs = notice.paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    view! { <Card title=Signal::derive(title)>{paragraphs}</Card> }
}
