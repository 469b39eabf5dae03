//! 班级通知: what the class was told, who has read it, and the form to tell more.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        clock,
        deed::Deed,
        when,
    },
    ui::{
        AsyncView, Button, Card, ConfirmDialog, DeedFailure, Dialog, DialogButton, Field, Look, Tag, TextArea,
        TextInput, Toasts, Tone, focus_on,
    },
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{AnnouncementEntry, AnnouncementState, AnnouncementView},
    problem::FieldError,
    time::{read_date, write_date},
};

/// How long an announcement is shown unless told otherwise, in seconds.
const USUAL_S: i64 = 7 * 86_400;

/// The part of the page.
#[component]
pub(super) fn Announcements(
    /// The class.
    class_id: ClassId,
    /// Whether the reader announces things to it.
    may_address: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let told: LocalResource<Outcome<Vec<AnnouncementView>>> =
        LocalResource::new(
            move || async move { client::get(actor, &format!("/classes/{class_id}/announcements")).await },
        );
    let again = Callback::new(move |()| told.refetch());
    let is_open = RwSignal::new(false);
    view! {
        <Card title=words(|locale| td_string!(locale, classes.announcements))>
            <p class="muted small">{t!(i18n, classes.announcements_about)}</p>
            {may_address.then(|| view! {
                <div class="row">
                    <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                        {t!(i18n, classes.announcement_add)}
                    </Button>
                </div>
                <Dialog is_open title=words(|locale| td_string!(locale, classes.announcement_add))>
                    <New class_id is_open again />
                </Dialog>
            })}
            <AsyncView
                resource=told
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, classes.announcements_none))
                let:told
            >
                <ul class="rows">
                    {told.into_iter().map(|told| view! { <Told told may_address again /> }).collect_view()}
                </ul>
            </AsyncView>
        </Card>
    }
}

/// Where an announcement stands, in words.
fn state_name(locale: Locale, state: AnnouncementState) -> &'static str {
    match state {
        AnnouncementState::Current => td_string!(locale, classes.announcement_current),
        AnnouncementState::Over => td_string!(locale, classes.announcement_over),
        AnnouncementState::Withdrawn => td_string!(locale, classes.announcement_withdrawn),
    }
}

/// One announcement, with what can be done about it.
#[component]
fn Told(told: AnnouncementView, may_address: bool, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let may_change = may_address && told.state != AnnouncementState::Withdrawn;
    let shown = StoredValue::new(told.clone());
    let AnnouncementView { title, text, until, state, by_name, written_at, edited_at, read, learners, .. } = told;
    let tone = match state {
        AnnouncementState::Current => Tone::Ok,
        AnnouncementState::Over | AnnouncementState::Withdrawn => Tone::Plain,
    };
    let by = move || {
        let at = when::date_time(i18n.get_locale(), written_at);
        t_string!(i18n, classes.announcement_by, by = by_name.clone(), at = at)
    };
    let edited = move || {
        let at = edited_at.map(|at| when::date_time(i18n.get_locale(), at));
        at.map(|at| view! { " · " {t_string!(i18n, classes.announcement_edited, at = at)} })
    };
    let until = move || t_string!(i18n, classes.announcement_shown_until, day = when::day(i18n.get_locale(), until));
    view! {
        <li>
            <div class="stack">
                <p><b>{title}</b> " " <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag></p>
                <p class="own-words">{text}</p>
                <p class="muted small num">{by} {edited} " · " {until}</p>
                <p class="small num">
                    {t!(i18n, classes.announcement_read_by, read = read, learners = learners)}
                </p>
                {may_change.then(|| view! {
                    <div class="row">
                        <Edit told=shown.get_value() again />
                        <Withdraw told=shown.get_value() again />
                    </div>
                })}
            </div>
        </li>
    }
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Draft {
    title: RwSignal<String>,
    text: RwSignal<String>,
    until: RwSignal<String>,
}

impl Draft {
    fn empty() -> Self {
        let until = write_date(clock::now().plus_s(USUAL_S).date_in_china());
        let text = || RwSignal::new(String::new());
        Self { title: text(), text: text(), until: RwSignal::new(until) }
    }

    fn of(told: &AnnouncementView) -> Self {
        Self {
            title: RwSignal::new(told.title.clone()),
            text: RwSignal::new(told.text.clone()),
            until: RwSignal::new(write_date(told.until)),
        }
    }

    /// What would be announced, or what is wrong with it.
    fn entry(self) -> Result<AnnouncementEntry, Vec<FieldError>> {
        let until = read_date(&self.until.get()).ok_or_else(|| vec![FieldError::new("/until", "required")])?;
        let entry = AnnouncementEntry { title: self.title.get(), text: self.text.get(), until };
        entry.check(clock::now().date_in_china())
    }

    fn checked(self) -> Checked {
        Checked::new(move || self.entry().err().unwrap_or_default())
    }
}

#[component]
fn Fields(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="title"
            label=words(|locale| td_string!(locale, classes.announcement_title))
            error=checked.error("/title")
        >
            <TextInput value=draft.title />
        </Field>
        <Field
            id="text"
            label=words(|locale| td_string!(locale, classes.announcement_text))
            hint=words(|locale| td_string!(locale, classes.announcement_text_hint))
            error=checked.error("/text")
        >
            <TextArea value=draft.text />
        </Field>
        <Field
            id="until"
            label=words(|locale| td_string!(locale, classes.announcement_until))
            error=checked.error("/until")
        >
            <TextInput value=draft.until kind="date" />
        </Field>
    }
}

#[component]
fn New(class_id: ClassId, is_open: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (draft, key) = (Draft::empty(), idempotency_key());
    let checked = draft.checked();
    let send = Callback::new(move |()| {
        let Ok(entry) = untrack(|| draft.entry()) else { return };
        let (path, key) = (format!("/classes/{class_id}/announcements"), key.clone());
        let telling = async move { client::create(actor, &path, &key, &entry).await };
        checked.deed.run(telling, move |_: AnnouncementView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.announcement_sent));
            again.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.announcement_send)) send>
            <Fields draft checked />
        </CheckedForm>
    }
}

#[component]
fn Edit(told: AnnouncementView, again: Callback<()>) -> impl IntoView {
    let (named, told) = (told.title.clone(), StoredValue::new(told));
    view! {
        <DialogButton verb=words(|locale| td_string!(locale, classes.change_day)) named let:is_open>
            <EditForm told=told.get_value() is_open again />
        </DialogButton>
    }
}

#[component]
fn EditForm(told: AnnouncementView, is_open: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::of(&told);
    let checked = draft.checked();
    let (id, version) = (told.id, format!("\"{}\"", told.version));
    let send = Callback::new(move |()| {
        let Ok(entry) = untrack(|| draft.entry()) else { return };
        let (path, version) = (format!("/announcements/{id}"), version.clone());
        let saving = async move { client::replace(actor, &path, &version, &entry).await };
        checked.deed.run(saving, move |_: AnnouncementView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.announcement_saved));
            again.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.announcement_save)) send>
            <Fields draft checked />
        </CheckedForm>
    }
}

#[component]
fn Withdraw(told: AnnouncementView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let (id, named) = (told.id, told.title);
    let withdraw = move |()| {
        let path = format!("/announcements/{id}/withdraw");
        let withdrawing = async move { client::ask(actor, &path).await };
        deed.run(withdrawing, move |_: AnnouncementView| {
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    view! {
        <Button look=Look::Danger is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, classes.announcement_withdraw)}
            <span class="visually-hidden">" " {named}</span>
        </Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, classes.announcement_withdraw))
            text=words(|locale| td_string!(locale, classes.announcement_withdraw_about))
            confirm=words(|locale| td_string!(locale, classes.announcement_withdraw))
            on_confirm=withdraw
        />
    }
}
