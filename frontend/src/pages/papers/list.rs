//! The papers of a course.

use super::paper_card::PaperCard;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        courses::OfOneCourse,
        organisation::words::words,
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{ButtonLink, Look, PageHeading, Paged, PagedView},
};
use leptos::prelude::*;
use shared::{page::Page, papers::PaperView, work::PaperWait};

lazy_page! {
    /// The page; `?waits=sealing` shows the papers of all courses that wait for the reader to propose or seal them, and
    /// `?waits=opening` those that the reader is to open for somebody else.
    PapersPage = Papers in office;
}

#[component]
fn Papers() -> impl IntoView {
    let i18n = use_i18n();
    let waits = waits();
    let of_one_course = move || {
        view! {
            <OfOneCourse
                label=Signal::derive(move || t_string!(i18n, papers.course).to_owned())
                ask=Signal::derive(move || t_string!(i18n, papers.choose_course).to_owned())
                let:course
            >
                <Listed
                    narrowed=("course_id", course)
                    empty=words(|locale| td_string!(locale, papers.none))
                />
            </OfOneCourse>
        }
    };
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=Signal::derive(move || t_string!(i18n, papers.title).to_owned()) />
                <div class="row">
                    <ButtonLink href="/blueprints">{t!(i18n, papers.blueprints)}</ButtonLink>
                    <ButtonLink href="/papers/new" look=Look::Primary>{t!(i18n, papers.new)}</ButtonLink>
                </div>
            </div>
            {move || match waits.get() {
                Some(asked) if asked == PaperWait::Opening.as_str() => view! {
                    <OnlyWaiting words=words(|locale| td_string!(locale, papers.waits_opening)) everything="/papers" />
                    <Listed
                        narrowed=("waits", PaperWait::Opening.to_string())
                        empty=words(|locale| td_string!(locale, papers.none_to_open))
                    />
                }
                .into_any(),
                Some(_) => view! {
                    <OnlyWaiting words=words(|locale| td_string!(locale, papers.waits_sealing)) everything="/papers" />
                    <Listed
                        narrowed=("waits", PaperWait::Sealing.to_string())
                        empty=words(|locale| td_string!(locale, papers.none_unsealed))
                    />
                }
                .into_any(),
                None => of_one_course().into_any(),
            }}
        </main>
    }
}

/// The papers of which one thing is so.
#[component]
fn Listed(
    /// The parameter of the list, and what it has to be.
    narrowed: (&'static str, String),
    /// What to say when there is none.
    empty: Signal<String>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let (name, value) = narrowed;
    let papers = Paged::new(move |cursor| {
        let asked = query(&[(name, Some(value.clone())), ("cursor", cursor)]);
        async move {
            let page: Outcome<Page<PaperView>> = client::get(actor, &format!("/papers?{asked}")).await;
            page
        }
    });
    // A step draws every card anew; a further page leaves those that are there.
    let steps = RwSignal::new(0_u32);
    let reload = Callback::new(move |()| {
        steps.update(|steps| *steps += 1);
        papers.reload();
    });
    view! {
        <PagedView paged=papers empty>
            <For
                each=move || papers.rows().get()
                key=move |paper: &PaperView| (paper.id, steps.get_untracked())
                let:paper
            >
                <PaperCard paper reload />
            </For>
        </PagedView>
    }
}
