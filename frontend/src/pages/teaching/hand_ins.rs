//! 批改作业: what learners of one's classes handed in, those that wait first.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{hand_ins::HandInTag, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{ButtonLink, Choices, PageHeading, Paged, PagedView},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::ClassId,
    learning::{HandInRow, HandInState},
    page::Page,
};

lazy_page! {
    /// The page: the hand-ins of all one's classes.
    HandInsPage = HandIns in school;
}

#[component]
fn HandIns() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, classes.hand_ins)) />
            <HandInList />
            <p><A href="/desk">{t!(i18n, common.desk)}</A></p>
        </main>
    }
}

/// The hand-ins of one class, or of all; first those that wait.
#[component]
pub(super) fn HandInList(
    /// The class.
    #[prop(optional)]
    class_id: Option<ClassId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let state = RwSignal::new(HandInState::Waiting.as_str().to_owned());
    let hand_ins = Paged::new(move |cursor| {
        let of_class = class_id.map(|id| id.to_string());
        let asked = query(&[("class_id", of_class), ("state", Some(state.get_untracked())), ("cursor", cursor)]);
        let path = format!("/hand_ins?{asked}");
        async move {
            let page: Outcome<Page<HandInRow>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || state.get(), move |_, _, _| hand_ins.reload(), false);
    let options = move || {
        let name = |state: HandInState| match state {
            HandInState::Waiting => t_string!(i18n, classes.hand_in_waiting),
            HandInState::Returned => t_string!(i18n, classes.hand_in_returned),
            HandInState::Marked => t_string!(i18n, classes.hand_in_marked),
        };
        let option = |state: &HandInState| (state.as_str().to_owned(), name(*state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        HandInState::ALL.iter().map(option).chain([all]).collect::<Vec<_>>()
    };
    view! {
        <p class="muted">{t!(i18n, classes.hand_ins_about)}</p>
        <Choices
            legend=words(|locale| td_string!(locale, classes.state))
            value=state
            options=Signal::derive(options)
            on_choose=move |chosen| state.set(chosen)
        />
        <PagedView paged=hand_ins empty=words(|locale| td_string!(locale, classes.hand_ins_none))>
            <ul class="rows card">
                <For each=move || hand_ins.rows().get() key=|row: &HandInRow| (row.id, row.state) let:row>
                    <Line row />
                </For>
            </ul>
        </PagedView>
    }
}

/// One hand-in, and the way to it.
#[component]
fn Line(row: HandInRow) -> impl IntoView {
    let i18n = use_i18n();
    let HandInRow {
        id,
        class_name,
        learner_name,
        course_title,
        unit_title,
        title,
        excerpt,
        photos,
        files,
        state,
        handed_in_at,
        ..
    } = row;
    let named = format!("{learner_name} {title}");
    let verb = move || match state {
        HandInState::Waiting => t_string!(i18n, classes.hand_in_open),
        HandInState::Returned | HandInState::Marked => t_string!(i18n, classes.hand_in_see),
    };
    view! {
        <li>
            <div class="stack">
                <p><b>{learner_name}</b> " · " {title} " " <HandInTag state /></p>
                <p class="muted small num">
                    {class_name} " · " {course_title} " · " {unit_title} " · "
                    {move || when::date_time(i18n.get_locale(), handed_in_at)}
                </p>
                {(!excerpt.is_empty()).then(|| view! { <p class="own-words">{excerpt}</p> })}
                {(photos > 0).then(|| view! {
                    <p class="muted small num">{t!(i18n, classes.hand_in_with_photos, count = photos)}</p>
                })}
                {(files > 0).then(|| view! {
                    <p class="muted small num">{t!(i18n, classes.hand_in_with_files, count = files)}</p>
                })}
            </div>
            <ButtonLink href=format!("/hand_ins/{id}")>
                {verb} <span class="visually-hidden">" " {named}</span>
            </ButtonLink>
        </li>
    }
}
