//! 更正申请: what of one's own data is wrong, and what became of saying so.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            corrections::{field_name, state_name, tone_of, value_name},
            document::{DocumentDraft, DocumentFields, Pointers, Told},
            reason::ReasonField,
            words::sex_name,
        },
        roster::education::education_name,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        clock,
        deed::Deed,
        when,
    },
    ui::{AsyncView, Button, Card, DeedFailure, Dialog, Field, Select, Tag, TextInput, Toasts, Tone},
};
use leptos::prelude::*;
use shared::{
    people::{AskCorrection, CorrectionField, CorrectionState, CorrectionView, StatedCorrection},
    person::{EducationLevel, Sex},
    problem::FieldError,
    time::read_date,
};

/// The part of the page of one's own data, for who is a learner.
#[component]
pub(super) fn Corrections() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let requests: LocalResource<Outcome<Vec<CorrectionView>>> =
        LocalResource::new(move || client::get(actor, "/me/corrections"));
    let is_asking = RwSignal::new(false);
    let again = Callback::new(move |()| requests.refetch());
    view! {
        <Card title=words(|locale| td_string!(locale, privacy.corrections))>
            <p>{t!(i18n, privacy.correction)}</p>
            <div class="row">
                <Button on_press=move |()| is_asking.set(true)>{t!(i18n, privacy.ask_correction)}</Button>
            </div>
            <Dialog is_open=is_asking title=words(|locale| td_string!(locale, privacy.ask_correction))>
                <Ask is_open=is_asking asked=again />
            </Dialog>
            <AsyncView
                resource=requests
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, privacy.no_corrections))
                let:rows
            >
                <ul class="rows">
                    {rows.into_iter().map(|request| view! { <Request request again /> }).collect_view()}
                </ul>
            </AsyncView>
        </Card>
    }
}

/// One request, with the way to take it back.
#[component]
fn Request(request: CorrectionView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (field, state, asked_at, decided_at) = (request.field, request.state, request.asked_at, request.decided_at);
    let (due_on, is_overdue) = (request.due_on, request.is_overdue);
    let is_open = state == CorrectionState::Open;
    let unknown = move || t_string!(i18n, people.unknown).to_owned();
    let value = move |text: &str| value_name(i18n.get_locale(), field, text);
    let (former, stated) = (request.former.clone(), request.stated.clone());
    let former = move || if former.is_empty() { unknown() } else { value(&former) };
    let reason = request.reason.clone();
    view! {
        <li>
            <div>
                <p>
                    <b>{move || field_name(i18n.get_locale(), field)}</b>
                    " "
                    <Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag>
                </p>
                <p class="num">{former} " → " {move || value(&stated)}</p>
                {(!reason.is_empty()).then(|| view! { <p class="small">{reason}</p> })}
                <p class="muted small num">
                    {t!(i18n, privacy.asked_at)} " " {move || when::date_time(i18n.get_locale(), asked_at)}
                    {is_open.then(|| view! {
                        " · " {t!(i18n, people.correction_due)} " " {move || when::day(i18n.get_locale(), due_on)}
                        {is_overdue.then(|| view! {
                            " " <Tag tone=Tone::Stop>{t!(i18n, people.correction_overdue)}</Tag>
                        })}
                    })}
                    {decided_at.map(|at| view! {
                        " · " {t!(i18n, privacy.decided_at)} " " {move || when::date_time(i18n.get_locale(), at)}
                    })}
                </p>
                {request.answer.clone().map(|answer| view! { <p>{t!(i18n, privacy.answer, answer = answer)}</p> })}
            </div>
            {is_open.then(|| view! { <Withdraw request again /> })}
        </li>
    }
}

#[component]
fn Withdraw(request: CorrectionView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, toasts) = (expect_context::<Actor>(), Deed::new(), expect_context::<Toasts>());
    let (id, field) = (request.id, request.field);
    let withdraw = move |()| {
        let path = format!("/me/corrections/{id}/withdraw");
        let taking = async move { client::ask(actor, &path).await };
        deed.run(taking, move |_: CorrectionView| {
            toasts.done(t_string!(i18n, common.done));
            again.run(());
        });
    };
    view! {
        <div>
            <Button is_busy=deed.is_busy() on_press=withdraw>
                {t!(i18n, privacy.withdraw_correction)}
                <span class="visually-hidden">" " {move || field_name(i18n.get_locale(), field)}</span>
            </Button>
            <DeedFailure deed />
        </div>
    }
}

/// What is being stated.
#[derive(Clone, Copy)]
struct Draft {
    field: RwSignal<String>,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    document: DocumentDraft,
    sex: RwSignal<String>,
    birth_date: RwSignal<String>,
    household: RwSignal<String>,
    education: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let field = RwSignal::new(CorrectionField::Name.as_str().to_owned());
        Self {
            field,
            name: empty(),
            phone: empty(),
            document: DocumentDraft::new(),
            sex: empty(),
            birth_date: empty(),
            household: empty(),
            education: empty(),
            reason: empty(),
        }
    }

    fn chosen(self) -> CorrectionField {
        CorrectionField::parse(&self.field.get()).unwrap_or(CorrectionField::Name)
    }

    fn stated(self) -> Option<AskCorrection> {
        let stated = match self.chosen() {
            CorrectionField::Name => StatedCorrection::Name { name: self.name.get() },
            CorrectionField::Document => StatedCorrection::Document { document: self.document.stated()? },
            CorrectionField::Phone => StatedCorrection::Phone { phone: self.phone.get() },
            CorrectionField::Sex => StatedCorrection::Sex { sex: Sex::parse(&self.sex.get())? },
            CorrectionField::BirthDate => {
                StatedCorrection::BirthDate { birth_date: read_date(&self.birth_date.get())? }
            }
            CorrectionField::Household => StatedCorrection::Household { household_division: self.household.get() },
            CorrectionField::Education => {
                StatedCorrection::Education { education_level: EducationLevel::parse(&self.education.get())? }
            }
        };
        Some(AskCorrection { stated, reason: self.reason.get() })
    }

    /// What is wrong while nothing can be sent, because nothing is chosen.
    fn unchosen(self) -> Vec<FieldError> {
        let pointer = match self.chosen() {
            CorrectionField::Document => return self.document.wrong("/stated/document"),
            CorrectionField::Name => "/stated/name",
            CorrectionField::Phone => "/stated/phone",
            CorrectionField::Sex => "/stated/sex",
            CorrectionField::BirthDate => "/stated/birth_date",
            CorrectionField::Household => "/stated/household_division",
            CorrectionField::Education => "/stated/education_level",
        };
        vec![FieldError::new(pointer, "required")]
    }
}

/// Says what is wrong, and what is right.
#[component]
fn Ask(is_open: RwSignal<bool>, asked: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new();
    let checked = Checked::new(move || match draft.stated() {
        Some(stated) => stated.check(clock::now().date_in_china()).err().unwrap_or_default(),
        None => draft.unchosen(),
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let key = key.get_value();
        let sending = async move { client::create(actor, "/me/corrections", &key, &stated).await };
        checked.deed.run(sending, move |_: CorrectionView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, privacy.correction_asked));
            asked.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(draft.stated()), move |_, _, _| key.set_value(idempotency_key()), false);
    let fields = move || {
        let option =
            |field: &CorrectionField| (field.as_str().to_owned(), field_name(i18n.get_locale(), *field).to_owned());
        CorrectionField::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <p>{t!(i18n, privacy.ask_correction_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, privacy.send_correction)) send>
            <Field id="field" label=words(|locale| td_string!(locale, privacy.wrong_field))>
                <Select value=draft.field options=Signal::derive(fields) />
            </Field>
            {move || match draft.chosen() {
                CorrectionField::Name => view! { <RightName draft checked /> }.into_any(),
                CorrectionField::Document => view! {
                    <DocumentFields draft=draft.document checked pointers=Pointers::STATED />
                    <Told draft=draft.document />
                }
                .into_any(),
                CorrectionField::Phone => view! { <RightPhone draft checked /> }.into_any(),
                CorrectionField::Sex => view! { <RightSex draft checked /> }.into_any(),
                CorrectionField::BirthDate => view! { <RightBirthDate draft checked /> }.into_any(),
                CorrectionField::Household => view! { <RightHousehold draft checked /> }.into_any(),
                CorrectionField::Education => view! { <RightEducation draft checked /> }.into_any(),
            }}
            <ReasonField value=draft.reason checked />
        </CheckedForm>
    }
}

#[component]
fn RightName(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_name"
            label=words(|locale: Locale| td_string!(locale, privacy.right_name))
            error=checked.error("/stated/name")
        >
            <TextInput value=draft.name />
        </Field>
    }
}

#[component]
fn RightPhone(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_phone"
            label=words(|locale: Locale| td_string!(locale, privacy.right_phone))
            error=checked.error("/stated/phone")
        >
            <TextInput value=draft.phone />
        </Field>
    }
}

#[component]
fn RightSex(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let sexes = move || {
        let option = |sex: &Sex| (sex.as_str().to_owned(), sex_name(i18n.get_locale(), *sex).to_owned());
        Sex::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="right_sex"
            label=words(|locale: Locale| td_string!(locale, privacy.right_sex))
            error=checked.error("/stated/sex")
        >
            <Select value=draft.sex options=Signal::derive(sexes) />
        </Field>
    }
}

#[component]
fn RightBirthDate(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_birth_date"
            label=words(|locale: Locale| td_string!(locale, privacy.right_birth_date))
            error=checked.error("/stated/birth_date")
        >
            <TextInput value=draft.birth_date kind="date" />
        </Field>
    }
}

#[component]
fn RightHousehold(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_household"
            label=words(|locale: Locale| td_string!(locale, people.household_code))
            hint=words(|locale: Locale| td_string!(locale, people.household_code_hint))
            error=checked.error("/stated/household_division")
        >
            <TextInput value=draft.household keyboard="numeric" />
        </Field>
    }
}

#[component]
fn RightEducation(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let levels = move || {
        let option = |level: EducationLevel| {
            (level.code().to_owned(), education_name(i18n.get_locale(), level.code()).to_owned())
        };
        EducationLevel::all().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="right_education"
            label=words(|locale: Locale| td_string!(locale, privacy.right_education))
            error=checked.error("/stated/education_level")
        >
            <Select value=draft.education options=Signal::derive(levels) />
        </Field>
    }
}
