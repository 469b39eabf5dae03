//! The papers of a course.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        courses::OfOneCourse,
        organisation::words::words,
        reasoned::{EndWithReason, EndWords},
        waits::{OnlyWaiting, waits},
    },
    platform::{actor::Actor, client, deed::Deed},
    ui::{AsyncView, Button, ButtonLink, ConfirmDialog, DeedFailure, Look, PageHeading, Tag, Toasts, Tone},
};
use leptos::prelude::*;
use shared::papers::{PaperState, PaperView};

/// What is said of discarding a paper.
const DISCARD: EndWords = EndWords {
    name: |locale| td_string!(locale, papers.discard),
    about: |locale| td_string!(locale, papers.discard_about),
    done: |locale| td_string!(locale, papers.discarded_toast),
};

lazy_page! {
    /// The page; `?waits=sealing` shows the papers of all courses that wait to be sealed.
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
                    path=format!("/papers?course_id={course}")
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
                Some(_) => view! {
                    <OnlyWaiting words=words(|locale| td_string!(locale, papers.waits_sealing)) everything="/papers" />
                    <Listed
                        path=format!("/papers?state={}", PaperState::Open)
                        empty=words(|locale| td_string!(locale, papers.none_unsealed))
                    />
                }
                .into_any(),
                None => of_one_course().into_any(),
            }}
        </main>
    }
}

/// The papers at this path.
#[component]
fn Listed(path: String, empty: Signal<String>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let papers = LocalResource::new(move || {
        let path = path.clone();
        async move { client::get::<Vec<PaperView>>(actor, &path).await }
    });
    let reload = Callback::new(move |()| papers.refetch());
    view! {
        <AsyncView resource=papers is_empty=Vec::is_empty empty let:papers>
            {papers.into_iter().map(|paper| view! { <Paper paper reload /> }).collect_view()}
        </AsyncView>
    }
}

#[component]
fn Paper(paper: PaperView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let heading = format!("paper-{}", paper.id);
    let labelled_by = heading.clone();
    let is_open = paper.state == PaperState::Open;
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h2 id=heading>{paper.title}</h2>
                {match paper.state {
                    PaperState::Open => view! { <Tag>{t!(i18n, papers.unsealed)}</Tag> }.into_any(),
                    PaperState::Sealed => view! { <Tag tone=Tone::Ok>{t!(i18n, papers.sealed)}</Tag> }.into_any(),
                    PaperState::Discarded => view! { <Tag>{t!(i18n, papers.discarded)}</Tag> }.into_any(),
                }}
            </div>
            <dl class="facts">
                <div><dt>{t!(i18n, papers.items)}</dt><dd class="num">{paper.items}</dd></div>
                <div><dt>{t!(i18n, papers.points)}</dt><dd class="num">{paper.points.to_string()}</dd></div>
                {paper.package_sha256.map(|hash| view! {
                    <div><dt>{t!(i18n, papers.hash)}</dt><dd class="num small">{hash}</dd></div>
                })}
            </dl>
            {paper.discarded_because.map(|reason| view! {
                <p>{t!(i18n, papers.discarded_because, reason = reason)}</p>
            })}
            {is_open.then(|| view! {
                <Seal id=paper.id.to_string() reload />
                <EndWithReason path=format!("/papers/{}/discard", paper.id) says=DISCARD reload />
            })}
        </section>
    }
}

#[component]
fn Seal(id: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let seal = move |()| {
        let path = format!("/papers/{id}/seal");
        deed.run(async move { client::post::<_, PaperView>(actor, &path, &serde_json::json!({})).await }, move |_| {
            toasts.done(t_string!(i18n, papers.sealed_toast));
            reload.run(());
        });
    };
    view! {
        <DeedFailure deed />
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, papers.seal)}
        </Button>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, papers.seal_ask).to_owned())
            text=Signal::derive(move || t_string!(i18n, papers.seal_about).to_owned())
            confirm=Signal::derive(move || t_string!(i18n, papers.seal).to_owned())
            on_confirm=seal
        />
    }
}
