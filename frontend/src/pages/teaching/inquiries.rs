//! 学员提问: what learners of one's classes ask, and the answers.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        learning::inquiries::{AnswerShown, InquiryTag},
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
        when,
    },
    ui::{
        Button, Choices, ConfirmDialog, DeedFailure, DialogButton, Field, Look, PageHeading, Paged, PagedView, Tag,
        TextArea, Toasts, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::{ClassId, InquiryId},
    learning::{InquiryPublication, InquiryRow, InquiryState, NewInquiryAnswer},
    page::Page,
};

lazy_page! {
    /// The page: the questions of all one's classes.
    InquiriesPage = Inquiries in school;
}

#[component]
fn Inquiries() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, classes.inquiries)) />
            <InquiryList />
            <p><A href="/desk">{t!(i18n, common.desk)}</A></p>
        </main>
    }
}

/// The questions of one class, or of all; first those that wait.
#[component]
pub(super) fn InquiryList(
    /// The class.
    #[prop(optional)]
    class_id: Option<ClassId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let state = RwSignal::new(InquiryState::Open.as_str().to_owned());
    let inquiries = Paged::new(move |cursor| {
        let of_class = class_id.map(|id| id.to_string());
        let asked = query(&[("class_id", of_class), ("state", Some(state.get_untracked())), ("cursor", cursor)]);
        let path = format!("/inquiries?{asked}");
        async move {
            let page: Outcome<Page<InquiryRow>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || state.get(), move |_, _, _| inquiries.reload(), false);
    let options = move || {
        let name = |state: InquiryState| match state {
            InquiryState::Open => t_string!(i18n, classes.inquiry_open),
            InquiryState::Answered => t_string!(i18n, classes.inquiry_answered),
            InquiryState::Closed => t_string!(i18n, classes.inquiry_closed),
        };
        let option = |state: &InquiryState| (state.as_str().to_owned(), name(*state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        InquiryState::ALL.iter().map(option).chain([all]).collect::<Vec<_>>()
    };
    view! {
        <p class="muted">{t!(i18n, classes.inquiries_about)}</p>
        <Choices
            legend=words(|locale| td_string!(locale, classes.state))
            value=state
            options=Signal::derive(options)
            on_choose=move |chosen| state.set(chosen)
        />
        <PagedView paged=inquiries empty=words(|locale| td_string!(locale, classes.inquiries_none))>
            <ul class="rows card">
                <For
                    each=move || inquiries.rows().get()
                    key=|row: &InquiryRow| (row.inquiry.id, row.inquiry.state, row.inquiry.is_public)
                    let:row
                >
                    <Line row inquiries />
                </For>
            </ul>
        </PagedView>
    }
}

/// One question, with what can be done about it.
#[component]
fn Line(row: InquiryRow, inquiries: Paged<InquiryRow>) -> impl IntoView {
    let i18n = use_i18n();
    let InquiryRow { class_id, class_name, learner_name, inquiry } = row;
    let (id, state, asked_at, is_public) = (inquiry.id, inquiry.state, inquiry.asked_at, inquiry.is_public);
    let has_answer = inquiry.answer.is_some();
    let named = learner_name.clone();
    view! {
        <li>
            <div class="stack">
                <p>
                    <b>{learner_name}</b> " " <InquiryTag state /> " "
                    {is_public.then(|| view! { <Tag tone=Tone::Credit>{t!(i18n, classes.inquiry_is_public)}</Tag> })}
                </p>
                <p class="muted small num">
                    <A href=format!("/classes/{class_id}?part=inquiries")>{class_name}</A>
                    " · " {inquiry.course_title} " · " {inquiry.unit_title} " · "
                    {move || when::date_time(i18n.get_locale(), asked_at)}
                </p>
                <p class="own-words">{inquiry.text}</p>
                {inquiry.answer.map(|answer| view! { <AnswerShown answer /> })}
                <div class="row">
                    {(state == InquiryState::Open).then(|| view! { <Answer id named inquiries /> })}
                    {has_answer.then(|| view! { <Publication id is_public inquiries /> })}
                </div>
            </div>
        </li>
    }
}

#[component]
fn Answer(id: InquiryId, named: String, inquiries: Paged<InquiryRow>) -> impl IntoView {
    view! {
        <DialogButton verb=words(|locale| td_string!(locale, classes.inquiry_answer)) named let:is_open>
            <AnswerForm id is_open inquiries />
        </DialogButton>
    }
}

#[component]
fn AnswerForm(id: InquiryId, is_open: RwSignal<bool>, inquiries: Paged<InquiryRow>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let text = RwSignal::new(String::new());
    let checked = Checked::new(move || NewInquiryAnswer { text: text.get() }.check().err().into_iter().collect());
    let send = Callback::new(move |()| {
        let answer = NewInquiryAnswer { text: text.get_untracked() };
        let path = format!("/inquiries/{id}/answer");
        let answering = async move { client::post(actor, &path, &answer).await };
        checked.deed.run(answering, move |_: InquiryRow| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.inquiry_sent));
            inquiries.reload();
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.inquiry_send)) send>
            <Field
                id="answer"
                label=words(|locale| td_string!(locale, classes.inquiry_answer_label))
                error=checked.error("/text")
            >
                <TextArea value=text />
            </Field>
        </CheckedForm>
    }
}

/// Shows the question to the class, or not any more.
#[component]
fn Publication(id: InquiryId, is_public: bool, inquiries: Paged<InquiryRow>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, toasts) = (expect_context::<Actor>(), Deed::new(), expect_context::<Toasts>());
    let is_asking = RwSignal::new(false);
    let say = move |()| {
        let path = format!("/inquiries/{id}/publication");
        let publication = InquiryPublication { is_public: !is_public };
        let saying = async move { client::post(actor, &path, &publication).await };
        deed.run(saying, move |_: InquiryRow| {
            toasts.done(t_string!(i18n, common.done));
            inquiries.reload();
        });
    };
    let words_of = move || {
        if is_public { t_string!(i18n, classes.inquiry_withdraw) } else { t_string!(i18n, classes.inquiry_publish) }
    };
    let about = move || match is_public {
        true => t_string!(i18n, classes.inquiry_withdraw_text).to_owned(),
        false => t_string!(i18n, classes.inquiry_publish_text).to_owned(),
    };
    view! {
        <Button look=Look::Plain is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{words_of}</Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || words_of().to_owned())
            text=Signal::derive(about)
            confirm=Signal::derive(move || words_of().to_owned())
            on_confirm=say
        />
    }
}
