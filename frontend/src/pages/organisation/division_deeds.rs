//! What the province says of a division: what became of it, and the way to found, rename, abolish or merge one.

use super::{may, words::words};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::people::checked::{Checked, CheckedForm},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock,
        creation::CreationKey,
        when,
    },
    ui::{Button, Card, Dialog, Field, Look, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    organisation::{
        AbolishDivision, DivisionChangeKind, DivisionChangeView, DivisionCode, DivisionLevel, DivisionRow,
        DivisionView, FoundDivision, MergeDivision, RenameDivision,
    },
    problem::FieldError,
    rights::{Place, Right},
    time::{read_date, write_date},
};

/// What became of a division, in words.
fn kind_name(locale: Locale, kind: DivisionChangeKind) -> &'static str {
    match kind {
        DivisionChangeKind::Founded => td_string!(locale, organisation.change_founded),
        DivisionChangeKind::Renamed => td_string!(locale, organisation.change_renamed),
        DivisionChangeKind::Abolished => td_string!(locale, organisation.change_abolished),
        DivisionChangeKind::Merged => td_string!(locale, organisation.change_merged),
        DivisionChangeKind::Absorbed => td_string!(locale, organisation.change_absorbed),
    }
}

/// The changes, and the deeds of who may; nothing where there is neither.
#[component]
pub(super) fn DivisionDeeds(here: DivisionView, reload: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let may_edit = may(actor, Right::EditDivisions, &Place::division("33"));
    let stands = here.abolished_on.is_none();
    let level = here.division.level;
    let has_parts = matches!(level, DivisionLevel::City | DivisionLevel::County);
    let is_edited = matches!(level, DivisionLevel::City | DivisionLevel::County | DivisionLevel::Township);
    let is_small = matches!(level, DivisionLevel::County | DivisionLevel::Township);
    let (code, name) = (here.division.code, here.division.name);
    let deeds = (may_edit && stands && is_edited).then(|| {
        let deed = |deed: Deed| {
            let (code, name) = (code.clone(), name.clone());
            view! { <DeedDialog deed code name reload /> }
        };
        view! {
            <div class="row">
                {has_parts.then(|| deed(Deed::Found))}
                {deed(Deed::Rename)}
                {is_small.then(|| deed(Deed::Abolish))}
                {(level == DivisionLevel::Township).then(|| deed(Deed::Merge))}
            </div>
        }
    });
    (deeds.is_some() || !here.changes.is_empty()).then(|| view! {
        <Card title=words(|locale| td_string!(locale, organisation.division_changes))>
            {deeds}
            <ol class="history">{here.changes.into_iter().map(|change| view! { <Change change /> }).collect_view()}</ol>
        </Card>
    })
}

/// One change.
#[component]
fn Change(change: DivisionChangeView) -> impl IntoView {
    let i18n = use_i18n();
    let DivisionChangeView { kind, name, former_name, other_name, effective_on, reason, entered_by_name, .. } = change;
    view! {
        <li>
            <div>
                <b>{move || kind_name(i18n.get_locale(), kind)}</b> " " {name}
                {former_name.map(|name| view! { <p class="small">{t!(i18n, organisation.was_called, name = name)}</p> })}
                {other_name.map(|name| view! {
                    <p class="small">{t!(i18n, organisation.merged_other, name = name)}</p>
                })}
                <p class="small">{reason}</p>
                <p class="muted small num">{move || when::day(i18n.get_locale(), effective_on)} " " {entered_by_name}</p>
            </div>
        </li>
    }
}

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Found,
    Rename,
    Abolish,
    Merge,
}

impl Deed {
    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Found => td_string!(locale, organisation.found_part),
            Self::Rename => td_string!(locale, organisation.rename),
            Self::Abolish => td_string!(locale, organisation.abolish),
            Self::Merge => td_string!(locale, organisation.merge),
        }
    }

    /// Whether it ends a division.
    const fn is_end(self) -> bool {
        matches!(self, Self::Abolish | Self::Merge)
    }
}

/// A button and its dialog.
#[component]
fn DeedDialog(deed: Deed, code: String, name: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let title = Signal::derive(move || deed.name(i18n.get_locale()).to_owned());
    let look = if deed.is_end() { Look::Danger } else { Look::Plain };
    view! {
        <Button look on_press=move |()| is_open.set(true)>{move || title.get()}</Button>
        <Dialog is_open title>
            <DeedForm deed code=code.clone() name=name.clone() is_open reload />
        </Dialog>
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    deed: Deed,
    /// Of a new division its code, of a merger that of the successor.
    code: RwSignal<String>,
    name: RwSignal<String>,
    effective_on: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Draft {
    fn found(self) -> Option<FoundDivision> {
        Some(FoundDivision {
            code: DivisionCode::parse(self.code.get().trim())?,
            name: self.name.get(),
            effective_on: read_date(&self.effective_on.get())?,
            reason: self.reason.get(),
        })
    }

    fn rename(self) -> Option<RenameDivision> {
        let effective_on = read_date(&self.effective_on.get())?;
        Some(RenameDivision { name: self.name.get(), effective_on, reason: self.reason.get() })
    }

    fn abolish(self) -> Option<AbolishDivision> {
        Some(AbolishDivision { effective_on: read_date(&self.effective_on.get())?, reason: self.reason.get() })
    }

    fn merge(self) -> Option<MergeDivision> {
        Some(MergeDivision {
            successor: DivisionCode::parse(&self.code.get())?,
            effective_on: read_date(&self.effective_on.get())?,
            reason: self.reason.get(),
        })
    }

    /// What is wrong with it, of the division of this code.
    fn wrong(self, of: &str) -> Vec<FieldError> {
        let today = clock::now().date_in_china();
        let missing = |is_missing: bool, pointer| is_missing.then(|| FieldError::new(pointer, "required"));
        let unread = || {
            let code = DivisionCode::parse(self.code.get().trim()).is_none();
            let successor = missing(self.deed == Deed::Merge && code, "/successor");
            let code = missing(self.deed == Deed::Found && code, "/code");
            let day = missing(read_date(&self.effective_on.get()).is_none(), "/effective_on");
            code.into_iter().chain(successor).chain(day).collect::<Vec<_>>()
        };
        match self.deed {
            Deed::Found => self.found().map_or_else(unread, |stated| stated.check(today)),
            Deed::Rename => self.rename().map_or_else(unread, |stated| stated.check(today)),
            Deed::Abolish => self.abolish().map_or_else(unread, |stated| stated.check(today)),
            Deed::Merge => match (DivisionCode::parse(of), self.merge()) {
                (Some(of), Some(stated)) => stated.check(of, today),
                _ => unread(),
            },
        }
    }
}

/// Sends what is stated of the division of this code.
async fn send(actor: Actor, code: String, draft: Draft, key: String) -> Outcome<DivisionView> {
    let path = |deed: &str| format!("/divisions/{code}/{deed}");
    match draft.deed {
        Deed::Found => client::create(actor, "/divisions", &key, &untrack(|| draft.found())).await,
        Deed::Rename => client::post(actor, &path("rename"), &untrack(|| draft.rename())).await,
        Deed::Abolish => client::post(actor, &path("abolish"), &untrack(|| draft.abolish())).await,
        Deed::Merge => client::post(actor, &path("merge"), &untrack(|| draft.merge())).await,
    }
}

/// What a dialog holds.
#[component]
fn DeedForm(deed: Deed, code: String, name: String, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let text = |text: String| RwSignal::new(text);
    let draft = Draft {
        deed,
        code: text(if deed == Deed::Found { code.clone() } else { String::new() }),
        name: text(if deed == Deed::Rename { name.clone() } else { String::new() }),
        effective_on: text(write_date(clock::now().date_in_china())),
        reason: text(String::new()),
    };
    let (of, county) = (code.clone(), code.clone());
    let (checked, key) = (Checked::new(move || draft.wrong(&of)), CreationKey::new());
    let perform = Callback::new(move |()| {
        let code = code.clone();
        checked.deed.run(key.create(move |key| send(actor, code, draft, key)), move |_| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            reload.run(());
        });
    });
    let verb = Signal::derive(move || deed.name(i18n.get_locale()).to_owned());
    view! {
        {(deed == Deed::Abolish).then(|| view! { <p>{t!(i18n, organisation.abolish_about)}</p> })}
        {(deed == Deed::Merge).then(|| view! { <p>{t!(i18n, organisation.merge_about)}</p> })}
        {(deed != Deed::Found).then(|| view! { <p><b>{name}</b></p> })}
        <CheckedForm checked verb send=perform>
            {(deed == Deed::Found).then(|| view! {
                <Field
                    id="division_code"
                    label=words(|locale| td_string!(locale, organisation.division_code))
                    hint=words(|locale: Locale| td_string!(locale, organisation.division_code_hint))
                    error=checked.error("/code")
                >
                    <TextInput value=draft.code keyboard="numeric" />
                </Field>
            })}
            {(deed == Deed::Merge).then(|| view! { <Successor of=county value=draft.code checked /> })}
            {(!deed.is_end()).then(|| view! {
                <Field
                    id="division_name"
                    label=words(|locale| td_string!(locale, organisation.division_name))
                    error=checked.error("/name")
                >
                    <TextInput value=draft.name />
                </Field>
            })}
            <Field
                id="effective_on"
                label=words(|locale| td_string!(locale, organisation.effective_on))
                error=checked.error("/effective_on")
            >
                <TextInput value=draft.effective_on kind="date" />
            </Field>
            <Field
                id="decree"
                label=words(|locale| td_string!(locale, organisation.decree))
                hint=words(|locale: Locale| td_string!(locale, organisation.decree_hint))
                error=checked.error("/reason")
            >
                <TextInput value=draft.reason />
            </Field>
        </CheckedForm>
    }
}

/// The townships of the same county that are not gone.
#[component]
fn Successor(of: String, value: RwSignal<String>, checked: Checked) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let county = DivisionCode::parse(&of).and_then(|code| code.parent()).map(|code| code.to_string());
    let path = format!("/divisions?parent={}", county.unwrap_or_default());
    let parts: LocalResource<Outcome<Vec<DivisionRow>>> = LocalResource::new(move || {
        let path = path.clone();
        async move { client::get(actor, &path).await }
    });
    let options = move || {
        let parts = parts.get().and_then(Result::ok).unwrap_or_default();
        let others = parts.into_iter().filter(|row| row.abolished_on.is_none() && row.division.code != of);
        others.map(|row| (row.division.code, row.division.name)).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="successor"
            label=words(|locale| td_string!(locale, organisation.successor))
            error=checked.error("/successor")
        >
            <Select value options=Signal::derive(options) />
        </Field>
    }
}
