//! Marking: one response after the other, without a word of whose it is.

pub(crate) mod lead;
mod points;
mod task;
mod work;

pub(crate) use points::parse_points;

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::actor::Actor,
    ui::{AsyncView, Button, EmptyState, Field, PageHeading, Select, Symbol, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{ids::ExamSessionId, marking::MarkingWork};
use task::{Marked, Task};
use work::{Next, Waiting, Work, next_work};

lazy_page! {
    /// The page.
    MarkingPage = Marking in office;
}

#[component]
fn Marking() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let chosen = RwSignal::new(None::<ExamSessionId>);
    let work = LocalResource::new(move || next_work(actor, chosen.get()));
    // From the first mark on, the focus follows the work.
    let has_begun = StoredValue::new(false);
    let reload = Callback::new(move |()| work.refetch());
    view! {
        <main class="page wide stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, marking.title).to_owned()) />
            <p class="muted">{t!(i18n, marking.anonymous)}</p>
            <AsyncView resource=work let:next>
                {match next {
                    Next::Work(work) => view! { <Desk work chosen has_begun reload /> }.into_any(),
                    Next::Rest { with_others } => view! { <NothingLeft with_others has_begun reload /> }.into_any(),
                }}
            </AsyncView>
        </main>
    }
}

/// Says that there is nothing to mark, or nothing that is not with others.
#[component]
fn NothingLeft(with_others: u32, has_begun: StoredValue<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let has_worked = has_begun.get_value();
    if has_worked {
        focus_on("h1");
    }
    let look_again = move |()| {
        focus_on("h1");
        reload.run(());
    };
    let text = move || match (with_others, has_worked) {
        (0, true) => t_string!(i18n, marking.all_marked).to_owned(),
        (0, false) => t_string!(i18n, marking.none).to_owned(),
        (with_others, _) => t_string!(i18n, marking.all_with_others, with_others),
    };
    view! {
        <div role="status">
            <EmptyState text=Signal::derive(text) symbol=Symbol::Check>
                <Button on_press=look_again>{t!(i18n, marking.look_again)}</Button>
            </EmptyState>
        </div>
    }
}

/// The exam session, how many are left, and one response at a time.
#[component]
fn Desk(
    work: Work,
    chosen: RwSignal<Option<ExamSessionId>>,
    has_begun: StoredValue<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let at = RwSignal::new(0_usize);
    let MarkingWork { tasks, left, with_others } = work.claimed;
    let batch = tasks.len();
    let left_now = move || {
        let left = (left as usize).saturating_sub(at.get());
        match with_others {
            0 => t_string!(i18n, marking.left, left),
            _ => t_string!(i18n, marking.left_shared, left, with_others),
        }
    };
    let on_marked = Callback::new(move |marked| {
        has_begun.set_value(true);
        let said = match marked {
            Marked::Now => t_string!(i18n, marking.marked),
            Marked::ByAnother => t_string!(i18n, marking.by_another),
        };
        // What another marker takes, this page must not offer again.
        let is_over = marked == Marked::ByAnother || at.get_untracked() + 1 >= batch;
        at.update(|at| *at = if is_over { batch } else { *at + 1 });
        match marked {
            Marked::Now => toasts.whisper(said),
            Marked::ByAnother => toasts.done(said),
        }
        if is_over {
            reload.run(());
        }
    });
    let tasks = StoredValue::new(tasks);
    let present = move || match tasks.with_value(|tasks| tasks.get(at.get()).cloned()) {
        Some(task) => {
            if has_begun.get_value() {
                focus_on("#points");
            }
            view! { <Task task on_marked /> }.into_any()
        }
        None => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
    };
    view! {
        <Choice waiting=work.waiting now=work.chosen.id chosen has_begun />
        <p class="row spread">
            <b>{work.chosen.title}</b>
            <span class="num" role="status">{left_now}</span>
        </p>
        {present}
    }
}

/// Chooses among several exam sessions.
#[component]
fn Choice(
    waiting: Vec<Waiting>,
    now: ExamSessionId,
    chosen: RwSignal<Option<ExamSessionId>>,
    has_begun: StoredValue<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    if waiting.len() < 2 {
        return None;
    }
    let value = RwSignal::new(now.to_string());
    let choose = move |value: &String| {
        if *value != now.to_string() {
            has_begun.set_value(false);
            chosen.set(value.parse().ok());
        }
    };
    Effect::watch(move || value.get(), move |value, _, _| choose(value), false);
    // Whoever has just chosen stands here again once the responses came.
    if !has_begun.get_value() && chosen.get_untracked().is_some() {
        focus_on("#exam_session");
    }
    let options: Vec<_> = waiting.into_iter().map(|waiting| (waiting.id.to_string(), waiting.title)).collect();
    Some(view! {
        <Field id="exam_session" label=Signal::derive(move || t_string!(i18n, marking.choose).to_owned())>
            <Select value options=RwSignal::new(options) />
        </Field>
    })
}
