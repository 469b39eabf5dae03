//! 课堂小测: what the class was set, what came of it, and the form to set more.

mod new;
mod results;

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        when,
    },
    ui::{AsyncView, Button, Card, ConfirmDialog, DeedFailure, Dialog, Look, Tag, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use new::New;
use results::Results;
use shared::{
    ids::{ClassId, QuizId},
    learning::{QuizFeedback, QuizState, QuizView},
};

/// The part of the page.
#[component]
pub(super) fn Quizzes(
    /// The class.
    class_id: ClassId,
    /// Whether the reader sets it quizzes.
    may_set: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let quizzes: LocalResource<Outcome<Vec<QuizView>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}/quizzes")).await });
    let again = Callback::new(move |()| quizzes.refetch());
    let is_open = RwSignal::new(false);
    view! {
        <Card title=words(|locale| td_string!(locale, classes.quizzes))>
            <p class="muted small">{t!(i18n, classes.quizzes_about)}</p>
            {may_set.then(|| view! {
                <div class="row">
                    <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                        {t!(i18n, classes.quiz_add)}
                    </Button>
                </div>
                <Dialog is_open title=words(|locale| td_string!(locale, classes.quiz_add))>
                    <New class_id is_open again />
                </Dialog>
            })}
            <AsyncView
                resource=quizzes
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, classes.quizzes_none))
                let:quizzes
            >
                <ul class="rows">
                    {quizzes.into_iter().map(|quiz| view! { <Row quiz may_set again /> }).collect_view()}
                </ul>
            </AsyncView>
        </Card>
    }
}

/// Where a quiz stands, in words.
fn state_name(locale: Locale, state: QuizState) -> &'static str {
    match state {
        QuizState::Open => td_string!(locale, classes.quiz_open),
        QuizState::Over => td_string!(locale, classes.quiz_over),
        QuizState::Withdrawn => td_string!(locale, classes.quiz_withdrawn),
    }
}

/// When learners see what was right, in words.
fn feedback_name(locale: Locale, feedback: QuizFeedback) -> &'static str {
    match feedback {
        QuizFeedback::AtOnce => td_string!(locale, classes.quiz_feedback_at_once),
        QuizFeedback::AtEnd => td_string!(locale, classes.quiz_feedback_at_end),
    }
}

/// One quiz, with what can be done about it.
#[component]
fn Row(quiz: QuizView, may_set: bool, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let QuizView {
        id,
        course_title,
        title,
        until,
        state,
        attempts,
        feedback,
        most,
        by_name,
        set_at,
        done,
        learners,
        ..
    } = quiz;
    let may_withdraw = may_set && state != QuizState::Withdrawn;
    let tone = if state == QuizState::Open { Tone::Ok } else { Tone::Plain };
    let line = move || {
        let (course, most) = (course_title.clone(), most.to_string());
        t_string!(i18n, classes.quiz_line, course = course, most = most, times = attempts)
    };
    let by = move || {
        let at = when::date_time(i18n.get_locale(), set_at);
        t_string!(i18n, classes.quiz_by, by = by_name.clone(), at = at)
    };
    let until = move || t_string!(i18n, classes.quiz_shown_until, day = when::day(i18n.get_locale(), until));
    let (named, named_too, is_shown) = (title.clone(), title.clone(), RwSignal::new(false));
    view! {
        <li>
            <div class="stack">
                <p><b>{title}</b> " " <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag></p>
                <p class="num">{line} " · " {until}</p>
                <p class="small">{move || feedback_name(i18n.get_locale(), feedback)}</p>
                <p class="small num">{t!(i18n, classes.quiz_done_by, done = done, learners = learners)}</p>
                <p class="muted small num">{by}</p>
                <div class="row">
                    <Button on_press=move |()| is_shown.set(true)>
                        {t!(i18n, classes.quiz_results)}
                        <span class="visually-hidden">" " {named}</span>
                    </Button>
                    <Dialog is_open=is_shown title=words(|locale| td_string!(locale, classes.quiz_results))>
                        <Results id />
                    </Dialog>
                    {may_withdraw.then(|| view! { <Withdraw id named=named_too again /> })}
                </div>
            </div>
        </li>
    }
}

#[component]
fn Withdraw(id: QuizId, named: String, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let withdraw = move |()| {
        let path = format!("/quizzes/{id}/withdraw");
        let withdrawing = async move { client::ask(actor, &path).await };
        deed.run(withdrawing, move |_: QuizView| {
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    view! {
        <Button look=Look::Danger is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, classes.quiz_withdraw)}
            <span class="visually-hidden">" " {named}</span>
        </Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, classes.quiz_withdraw))
            text=words(|locale| td_string!(locale, classes.quiz_withdraw_about))
            confirm=words(|locale| td_string!(locale, classes.quiz_withdraw))
            on_confirm=withdraw
        />
    }
}
