//! 班级通知: what the learner's classes are told, on their home until it is read and on a page of its own.

use super::of_classes::{PageWords, home_card, page_of_all};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        when,
    },
    ui::{Button, DeedFailure, Tag, Tone, focus_on},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::{AnnouncementState, MyAnnouncement};

lazy_page! {
    /// The page.
    AnnouncementsPage = Announcements in study;
}

type All = LocalResource<Outcome<Vec<MyAnnouncement>>>;

fn fetched() -> All {
    let actor = expect_context::<Actor>();
    LocalResource::new(move || client::get(actor, "/me/announcements"))
}

/// Those that are to be told on the home.
fn unread(all: Vec<MyAnnouncement>) -> Vec<MyAnnouncement> {
    let is_news = |told: &MyAnnouncement| told.state == AnnouncementState::Current && told.read_at.is_none();
    all.into_iter().filter(is_news).collect()
}

/// The card on the home; nothing for whom nothing new was told.
#[component]
pub(super) fn NewAnnouncements() -> impl IntoView {
    let i18n = use_i18n();
    let all = fetched();
    let again = Callback::new(move |()| all.refetch());
    let title = words(|locale| td_string!(locale, learning.announcements));
    let way = move || view! { <A href="/learn/announcements">{t!(i18n, learning.announcements_all)}</A> };
    home_card(all, title, unread, move |told| view! { <Told told again /> }, way)
}

#[component]
fn Announcements() -> impl IntoView {
    let all = fetched();
    let again = Callback::new(move |()| all.refetch());
    let said = PageWords {
        title: words(|locale| td_string!(locale, learning.announcements)),
        about: words(|locale| td_string!(locale, learning.announcements_about)),
        none: words(|locale| td_string!(locale, learning.announcements_none)),
    };
    page_of_all(all, said, move |told| view! { <Told told again /> })
}

/// One announcement, with the way to say that it was read.
#[component]
fn Told(told: MyAnnouncement, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let MyAnnouncement { id, class_name, title, text, state, by_name, written_at, edited_at, read_at, .. } = told;
    let read = move |()| {
        let path = format!("/me/announcements/{id}/read");
        let reading = async move { client::ask(actor, &path).await };
        deed.run(reading, move |_: Vec<MyAnnouncement>| {
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    let at = move || when::date_time(i18n.get_locale(), edited_at.unwrap_or(written_at));
    let is_over = state == AnnouncementState::Over;
    let named = title.clone();
    view! {
        <li>
            <div class="stack">
                <p>
                    <b>{title}</b> " "
                    {is_over.then(|| view! { <Tag>{t!(i18n, classes.announcement_over)}</Tag> })}
                    {read_at.map(|_| view! { " " <Tag tone=Tone::Ok>{t!(i18n, learning.announcement_was_read)}</Tag> })}
                </p>
                <p class="own-words">{text}</p>
                <p class="muted small num">{class_name} " · " {by_name} " · " {at}</p>
                {read_at.is_none().then(|| view! {
                    <div>
                        <Button is_busy=deed.is_busy() on_press=read>
                            {move || t_string!(i18n, learning.announcement_read)}
                            <span class="visually-hidden">" " {named}</span>
                        </Button>
                        <DeedFailure deed />
                    </div>
                })}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{AnnouncementId, ClassId},
        time::Timestamp,
    };
    use uuid::Uuid;

    fn told(state: AnnouncementState, read_at: Option<Timestamp>) -> MyAnnouncement {
        MyAnnouncement {
            id: AnnouncementId(Uuid::nil()),
            class_id: ClassId(Uuid::nil()),
            class_name: String::new(),
            title: String::new(),
            text: String::new(),
            until: jiff::civil::date(2026, 11, 25),
            state,
            by_name: String::new(),
            written_at: Timestamp(1),
            edited_at: None,
            read_at,
        }
    }

    #[test]
    fn what_is_read_or_over_is_no_news() {
        let news = told(AnnouncementState::Current, None);
        let others = [told(AnnouncementState::Current, Some(Timestamp(2))), told(AnnouncementState::Over, None)];
        assert_eq!(unread(others.into_iter().chain([news.clone()]).collect()), [news]);
    }
}
