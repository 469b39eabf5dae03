//! Choosing the sealed paper of an exam session.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{actor::Actor, client::Outcome, whole_list::whole_list},
    ui::{Button, ButtonLink, FailureNotice, Field, Notice, Select, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::PaperId,
    papers::{PaperState, PaperView},
};

/// The sealed papers of the course that is chosen.
#[derive(Clone, Copy)]
pub(crate) struct SealedPapers {
    course: RwSignal<String>,
    /// What was fetched, and the course that it was fetched for.
    fetched: LocalResource<(String, Outcome<Vec<PaperView>>)>,
}

impl SealedPapers {
    /// Fetches them, and again whenever another course is chosen.
    pub(super) fn of(actor: Actor, course: RwSignal<String>) -> Self {
        let fetched = LocalResource::new(move || {
            let course = course.get();
            async move {
                let papers = papers_of(actor, &course).await;
                (course, papers)
            }
        });
        Self { course, fetched }
    }

    /// The paper with this id, unless it belongs to a course that was chosen before.
    pub(super) fn chosen(self, id: &str) -> Option<PaperId> {
        self.sealed()?.ok()?.iter().map(|paper| paper.id).find(|known| known.to_string() == id)
    }

    /// The title of one of them.
    pub(super) fn title_of(self, id: PaperId) -> Option<String> {
        self.sealed()?.ok()?.into_iter().find(|paper| paper.id == id).map(|paper| paper.title)
    }

    /// `None` while no course is chosen, and while they are on their way.
    fn sealed(self) -> Option<Outcome<Vec<PaperView>>> {
        let (course, papers) = self.fetched.get().filter(|(course, _)| !course.is_empty())?;
        (self.course.get() == course).then_some(papers)
    }
}

async fn papers_of(actor: Actor, course: &str) -> Outcome<Vec<PaperView>> {
    if course.is_empty() {
        return Ok(Vec::new());
    }
    let sealed = [("course_id", Some(course.to_owned())), ("state", Some(PaperState::Sealed.to_string()))];
    whole_list(actor, "/papers", &sealed).await
}

/// The field, and the way on if there is no paper to choose.
#[component]
pub(super) fn SealedPaperField(
    /// What can be chosen.
    papers: SealedPapers,
    /// Id of the chosen one.
    value: RwSignal<String>,
    /// What is wrong; empty if nothing is.
    #[prop(into)]
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = Signal::derive(move || {
        let sealed = papers.sealed().and_then(Result::ok).unwrap_or_default();
        sealed.into_iter().map(|paper| (paper.id.to_string(), paper.title)).collect::<Vec<_>>()
    });
    let news = move || match papers.sealed()? {
        Ok(sealed) if sealed.is_empty() => Some(
            view! {
                <Notice tone=Tone::Wait>
                    <p>{t!(i18n, sittings.no_sealed)}</p>
                    <ButtonLink href="/papers">{t!(i18n, sittings.to_papers)}</ButtonLink>
                </Notice>
            }
            .into_any(),
        ),
        Ok(_) => None,
        Err(failure) => Some(
            view! {
                <FailureNotice failure />
                <Button on_press=move |()| papers.fetched.refetch()>{t!(i18n, common.retry)}</Button>
            }
            .into_any(),
        ),
    };
    view! {
        <Field
            id="paper"
            label=Signal::derive(move || t_string!(i18n, sittings.paper).to_owned())
            hint=Signal::derive(move || t_string!(i18n, sittings.paper_hint).to_owned())
            error
        >
            <Select value options />
        </Field>
        {news}
    }
}

/// The field of another form of the same paper, if neighbours are to sit different ones.
#[component]
pub(super) fn OtherFormField(
    /// What can be chosen.
    papers: SealedPapers,
    /// Id of the first form.
    first: RwSignal<String>,
    /// Id of the chosen one; empty for none.
    value: RwSignal<String>,
    /// What is wrong; empty if nothing is.
    #[prop(into)]
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = Signal::derive(move || {
        let sealed = papers.sealed().and_then(Result::ok).unwrap_or_default();
        let others = sealed.into_iter().map(|paper| (paper.id.to_string(), paper.title));
        others.filter(|(id, _)| first.with(|first| first != id)).collect::<Vec<_>>()
    });
    view! {
        <Field
            id="other_form"
            label=Signal::derive(move || t_string!(i18n, sittings.other_form).to_owned())
            hint=Signal::derive(move || t_string!(i18n, sittings.other_form_hint).to_owned())
            error
        >
            <Select value options empty=Signal::derive(move || t_string!(i18n, sittings.no_other_form).to_owned()) />
        </Field>
    }
}
