//! Many items at once: what is to be changed, what would become of each, and the one act that does it.

use super::{describe::Described, title::shown_title};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        papers::thousandths::parse_share,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, Choices, DeedFailure, Dialog, Field, Look, Notice, Select, Tag, TextInput, Toasts, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ItemId,
    item_bank::{Ability, ChangeItems, ChangeReport, ChangedItem, ChosenItem, validate_change},
    problem::FieldError,
    rights::Role,
};
use std::collections::BTreeMap;

/// The items that are ticked, as they were seen then.
pub(super) type Ticked = RwSignal<BTreeMap<ItemId, ChosenItem>>;

/// Opens the dialog in which ticked items are changed; only for who may, while some are.
#[component]
pub(super) fn ChangeButton(course: String, ticked: Ticked, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let roles = expect_context::<Actor>().roles();
    let may_change = roles.contains(&Role::ItemAuthor) || roles.contains(&Role::ItemReviewer);
    let is_open = RwSignal::new(false);
    let count = move || ticked.with(BTreeMap::len);
    let is_shown = move || may_change && count() > 0;
    view! {
        <Show when=is_shown>
            <Button on_press=move |()| is_open.set(true)>
                {move || t_string!(i18n, item_bank.change_open, count = count())}
            </Button>
        </Show>
        <Dialog is_open title=words(|locale| td_string!(locale, item_bank.change_title))>
            <Change course=course.clone() ticked is_open reload />
        </Dialog>
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Form {
    /// `describe` or `retire`.
    deed: RwSignal<String>,
    module: RwSignal<String>,
    knowledge_point: RwSignal<String>,
    ability: RwSignal<String>,
    difficulty: RwSignal<String>,
    enemies: RwSignal<String>,
    reason: RwSignal<String>,
}

/// The deeds, as they stand in the form.
const DESCRIBE: &str = "describe";
const RETIRE: &str = "retire";

impl Form {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            deed: RwSignal::new(DESCRIBE.to_owned()),
            module: empty(),
            knowledge_point: empty(),
            ability: empty(),
            difficulty: empty(),
            enemies: empty(),
            reason: empty(),
        }
    }

    fn retires(self) -> bool {
        self.deed.with(|deed| deed == RETIRE)
    }

    /// What is asked for; nothing while no course is chosen.
    fn asked(self, course: &str, ticked: Ticked) -> Option<ChangeItems> {
        let retires = self.retires();
        let said = |text: RwSignal<String>| {
            let text = text.get().trim().to_owned();
            (!retires && !text.is_empty()).then_some(text)
        };
        Some(ChangeItems {
            course_id: course.parse().ok()?,
            items: ticked.with(|ticked| ticked.values().copied().collect()),
            module: said(self.module),
            knowledge_point: said(self.knowledge_point),
            ability: said(self.ability).and_then(|ability| Ability::parse(&ability)),
            difficulty: said(self.difficulty).and_then(|difficulty| parse_share(&difficulty)),
            enemies: said(self.enemies),
            retire_because: retires.then(|| self.reason.get()),
        })
    }

    /// What is wrong with it, by the rules that the server has too.
    fn wrong(self, course: &str, ticked: Ticked) -> Vec<FieldError> {
        let is_no_share = self.difficulty.with(|text| !text.trim().is_empty() && parse_share(text).is_none());
        if !self.retires() && is_no_share {
            return vec![FieldError::new("/difficulty", "out-of-range")];
        }
        self.asked(course, ticked).map(|asked| validate_change(&asked)).unwrap_or_default()
    }
}

#[component]
fn Change(course: String, ticked: Ticked, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, form) = (expect_context::<Actor>(), Form::new());
    let (judged, wanted) = (course.clone(), course.clone());
    let checked = Checked::new(move || form.wrong(&judged, ticked));
    let looked = RwSignal::new(None::<(ChangeItems, ChangeReport)>);
    // Nobody does what was looked at while the form says something else.
    let is_looked_at = Memo::new(move |_| {
        let asked = form.asked(&wanted, ticked);
        looked.with(|looked| looked.as_ref().map(|(asked, _)| asked) == asked.as_ref())
    });
    let look = Callback::new(move |()| {
        let Some(asked) = untrack(|| form.asked(&course, ticked)) else { return };
        looked.set(None);
        let sent = asked.clone();
        let looking = async move { client::post(actor, "/items/changes/preview", &sent).await };
        checked.deed.run(looking, move |report: ChangeReport| looked.set(Some((asked, report))));
    });
    let deeds = move || {
        let locale = i18n.get_locale();
        vec![
            (DESCRIBE.to_owned(), td_string!(locale, item_bank.describe).to_owned()),
            (RETIRE.to_owned(), td_string!(locale, item_bank.retire).to_owned()),
        ]
    };
    view! {
        <p class="muted small">{t!(i18n, item_bank.change_lead)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, item_bank.change_look)) send=look>
            <Choices
                legend=words(|locale| td_string!(locale, item_bank.change_deed))
                value=form.deed
                options=Signal::derive(deeds)
                on_choose=Callback::new(move |deed: String| form.deed.set(deed))
            />
            {move || if form.retires() {
                view! { <Reason form checked /> }.into_any()
            } else {
                view! { <Fields form checked /> }.into_any()
            }}
        </CheckedForm>
        {move || looked.get().map(|(asked, report)| view! {
            <div class="stack" hidden=move || !is_looked_at.get()><Looked asked report is_open reload /></div>
        })}
    }
}

#[component]
fn Reason(form: Form, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="change-reason"
            label=words(|locale| td_string!(locale, item_bank.change_reason))
            hint=words(|locale| td_string!(locale, item_bank.retire_about))
            error=checked.error("/retire_because")
        >
            <TextInput value=form.reason />
        </Field>
    }
}

#[component]
fn Fields(form: Form, checked: Checked) -> impl IntoView {
    let text =
        move |id: &'static str, label: fn(Locale) -> &'static str, pointer: &'static str, value: RwSignal<String>| {
            view! {
                <Field id label=words(label) error=checked.error(pointer)>
                    <TextInput value />
                </Field>
            }
        };
    let module = text("change-module", |locale| td_string!(locale, item_bank.module), "/module", form.module);
    let point = text(
        "change-point",
        |locale| td_string!(locale, item_bank.knowledge_point),
        "/knowledge_point",
        form.knowledge_point,
    );
    let difficulty =
        text("change-difficulty", |locale| td_string!(locale, item_bank.difficulty), "/difficulty", form.difficulty);
    let enemies = text("change-enemies", |locale| td_string!(locale, item_bank.enemies), "/enemies", form.enemies);
    view! {
        {module}
        {point}
        <Field
            id="change-ability"
            label=words(|locale| td_string!(locale, item_bank.ability))
            error=checked.error("/ability")
        >
            <Select
                value=form.ability
                options=super::ability::ability_options()
                empty=words(|locale| td_string!(locale, item_bank.change_not))
            />
        </Field>
        {difficulty}
        {enemies}
    }
}

/// What would become of each item, and the button that does it.
#[component]
fn Looked(asked: ChangeItems, report: ChangeReport, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (count, key) = (report.items.len(), StoredValue::new(idempotency_key()));
    let refused = report.items.iter().filter(|item| item.refused.is_some()).count();
    let change = move |()| {
        let asked = asked.clone();
        let changing = async move {
            let key = key.get_value();
            client::create::<_, ChangeReport>(actor, "/items/changes", &key, &asked).await
        };
        deed.run(changing, move |_| {
            is_open.set(false);
            toasts.done(t_string!(i18n, item_bank.change_done, count = count));
            reload.run(());
        });
    };
    view! {
        <h3>{t!(i18n, item_bank.change_looked)}</h3>
        <ul>{report.items.into_iter().map(|item| view! { <li><Becomes item /></li> }).collect_view()}</ul>
        {if refused > 0 {
            view! { <Notice tone=Tone::Stop>{t!(i18n, item_bank.change_refused, count = refused)}</Notice> }.into_any()
        } else {
            view! {
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=change>
                    {t!(i18n, item_bank.change_do, count = count)}
                </Button>
            }
            .into_any()
        }}
        <DeedFailure deed />
    }
}

#[component]
fn Becomes(item: ChangedItem) -> impl IntoView {
    let i18n = use_i18n();
    let ChangedItem { title, before, after, is_retired, refused, detail, .. } = item;
    let what = match (refused, is_retired) {
        (Some(_), _) => view! { <span class="error">{detail}</span> }.into_any(),
        (None, true) => view! { <Tag tone=Tone::Stop>{t!(i18n, item_bank.retired)}</Tag> }.into_any(),
        (None, false) => view! {
            <span class="row tight"><Described said=before /> " → " <Described said=after /></span>
        }
        .into_any(),
    };
    view! {
        <span>{move || shown_title(i18n.get_locale(), &title)}</span>
        " "
        {what}
    }
}
