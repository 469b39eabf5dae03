//! 班级讨论: the topics of the class, and the form to open one.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        discussion::TopicLine,
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key, query},
    },
    ui::{
        AsyncView, Button, Card, Dialog, Field, Look, Paged, PagedView, Select, TextArea, TextInput, Toasts, focus_on,
    },
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{ClassTopic, ClassUnits, DiscussionPrompt, MAX_TOPIC_CHARS, NewTopic, UnitName},
    page::Page,
};

/// The part of the page.
#[component]
pub(super) fn Discussions(
    /// The class.
    class_id: ClassId,
    /// Whether the reader opens topics.
    may_lead: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let topics = Paged::new(move |cursor| {
        let path = format!("/classes/{class_id}/discussions?{}", query(&[("cursor", cursor)]));
        async move {
            let page: Outcome<Page<ClassTopic>> = client::get(actor, &path).await;
            page
        }
    });
    view! {
        <Card title=words(|locale| td_string!(locale, discussion.title))>
            <p class="muted small">{t!(i18n, discussion.class_about)}</p>
            {may_lead.then(|| view! { <Add class_id topics /> })}
            <PagedView paged=topics empty=words(|locale| td_string!(locale, discussion.class_none))>
                <ul class="rows">
                    <For
                        each=move || topics.rows().get()
                        key=|told: &ClassTopic| (told.topic.id, told.topic.is_closed)
                        let:told
                    >
                        <OfClass told />
                    </For>
                </ul>
            </PagedView>
        </Card>
    }
}

/// One topic, with what waits in it.
#[component]
fn OfClass(told: ClassTopic) -> impl IntoView {
    let i18n = use_i18n();
    let ClassTopic { topic, reported, .. } = told;
    let href = format!("/discussions/{}", topic.id);
    view! { <TopicLine topic href news=Signal::derive(move || news(i18n.get_locale(), reported)) /> }
}

/// So many reported posts, in words; empty if there is none.
fn news(locale: Locale, reported: u32) -> String {
    match reported {
        0 => String::new(),
        reported => td_string!(locale, discussion.reported, count = reported),
    }
}

/// The button that opens the form.
#[component]
fn Add(class_id: ClassId, topics: Paged<ClassTopic>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let is_open = RwSignal::new(false);
    let units: LocalResource<Outcome<Vec<ClassUnits>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}/units")).await });
    view! {
        <div class="row">
            <Button look=Look::Primary on_press=move |()| is_open.set(true)>{t!(i18n, discussion.topic_add)}</Button>
        </div>
        <Dialog is_open title=words(|locale| td_string!(locale, discussion.topic_add))>
            <AsyncView resource=units let:units>
                <New class_id units is_open topics />
            </AsyncView>
        </Dialog>
    }
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Draft {
    title: RwSignal<String>,
    text: RwSignal<String>,
    course: RwSignal<String>,
    unit: RwSignal<String>,
}

impl Draft {
    fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        Self { title: text(), text: text(), course: text(), unit: text() }
    }

    fn topic(self) -> NewTopic {
        NewTopic {
            title: self.title.get(),
            text: self.text.get(),
            course_id: self.course.get().parse().ok(),
            unit_id: self.unit.get().parse().ok(),
        }
    }
}

/// Ids and titles of the courses.
fn courses(units: &[ClassUnits]) -> Vec<(String, String)> {
    units.iter().map(|course| (course.course_id.to_string(), course.course_title.clone())).collect()
}

/// Ids and titles of the units of one course.
fn units_of(units: &[ClassUnits], course: &str) -> Vec<(String, String)> {
    let chosen = units.iter().find(|of| of.course_id.to_string() == course);
    let named = |unit: &UnitName| (unit.id.to_string(), unit.title.clone());
    chosen.map(|of| of.units.iter().map(named).collect()).unwrap_or_default()
}

/// What the authors of the chosen unit ask to be discussed.
fn prompts_of(units: &[ClassUnits], unit: &str) -> Vec<DiscussionPrompt> {
    let chosen = units.iter().flat_map(|of| &of.units).find(|named| named.id.to_string() == unit);
    chosen.map(|named| named.prompts.clone()).unwrap_or_default()
}

#[component]
fn New(class_id: ClassId, units: Vec<ClassUnits>, is_open: RwSignal<bool>, topics: Paged<ClassTopic>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (draft, key) = (Draft::empty(), StoredValue::new(idempotency_key()));
    let checked = Checked::new(move || draft.topic().check().err().unwrap_or_default());
    let send = Callback::new(move |()| {
        let (topic, key) = (untrack(|| draft.topic()), key.get_value());
        let path = format!("/classes/{class_id}/discussions");
        let opening = async move { client::create(actor, &path, &key, &topic).await };
        checked.deed.run(opening, move |_: ClassTopic| {
            is_open.set(false);
            toasts.done(t_string!(i18n, discussion.topic_sent));
            focus_on("h1");
            topics.reload();
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || draft.topic(), move |_, _, _| key.set_value(idempotency_key()), false);
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, discussion.topic_add)) send>
            <Fields draft checked units />
        </CheckedForm>
    }
}

#[component]
fn Fields(draft: Draft, checked: Checked, units: Vec<ClassUnits>) -> impl IntoView {
    let i18n = use_i18n();
    let units = StoredValue::new(units);
    let courses = units.with_value(|units| courses(units));
    let of_course =
        Signal::derive(move || draft.course.with(|course| units.with_value(|units| units_of(units, course))));
    // A unit belongs to one course.
    Effect::watch(move || draft.course.track(), move |_, _, _| draft.unit.set(String::new()), false);
    let hint = Signal::derive(move || t_string!(i18n, discussion.topic_text_hint, max = MAX_TOPIC_CHARS));
    view! {
        <Field
            id="title"
            label=words(|locale| td_string!(locale, discussion.topic_title))
            error=checked.error("/title")
        >
            <TextInput value=draft.title />
        </Field>
        <Field
            id="text"
            label=words(|locale| td_string!(locale, discussion.topic_text))
            hint
            error=checked.error("/text")
        >
            <TextArea value=draft.text />
        </Field>
        <Field
            id="course"
            label=words(|locale| td_string!(locale, discussion.topic_course))
            error=checked.error("/course_id")
        >
            <Select
                value=draft.course
                options=Signal::derive(move || courses.clone())
                empty=words(|locale| td_string!(locale, discussion.no_course))
            />
        </Field>
        <Show when=move || of_course.with(|units| !units.is_empty())>
            <Field
                id="unit"
                label=words(|locale| td_string!(locale, discussion.topic_unit))
                error=checked.error("/unit_id")
            >
                <Select
                    value=draft.unit
                    options=of_course
                    empty=words(|locale| td_string!(locale, discussion.no_unit))
                />
            </Field>
        </Show>
        <Prompts draft units />
    }
}

/// The questions of the chosen unit; each can be taken for the topic, and changed.
#[component]
fn Prompts(draft: Draft, units: StoredValue<Vec<ClassUnits>>) -> impl IntoView {
    let i18n = use_i18n();
    let prompts = Memo::new(move |_| draft.unit.with(|unit| units.with_value(|units| prompts_of(units, unit))));
    let row = move |prompt: DiscussionPrompt| view! { <Prompt draft prompt /> };
    view! {
        <Show when=move || prompts.with(|prompts| !prompts.is_empty())>
            <div class="field">
                <p><b>{t!(i18n, discussion.prompts)}</b></p>
                <ul class="rows">{move || prompts.get().into_iter().map(row).collect_view()}</ul>
            </div>
        </Show>
    }
}

#[component]
fn Prompt(draft: Draft, prompt: DiscussionPrompt) -> impl IntoView {
    let i18n = use_i18n();
    let DiscussionPrompt { title, prompt } = prompt;
    let (named, shown) = (title.clone(), prompt.clone());
    let take = move |()| {
        draft.title.set(title.clone());
        draft.text.set(prompt.clone());
    };
    view! {
        <li>
            <div>
                <b>{named.clone()}</b>
                <p class="own-words">{shown}</p>
            </div>
            <Button on_press=take>
                {t!(i18n, discussion.prompt_take)} <span class="visually-hidden">" " {named}</span>
            </Button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::{CourseId, UnitId};
    use uuid::Uuid;

    #[test]
    fn units_are_those_of_the_chosen_course() {
        let id = Uuid::from_u128;
        let prompt = |n: u128| DiscussionPrompt { title: format!("Q{n}"), prompt: "P".to_owned() };
        let course = |n: u128| ClassUnits {
            course_id: CourseId(id(n)),
            course_title: format!("C{n}"),
            units: vec![UnitName { id: UnitId(id(10 + n)), title: format!("U{n}"), prompts: vec![prompt(n)] }],
        };
        let all = [course(1), course(2)];
        assert_eq!(courses(&all)[1], (id(2).to_string(), "C2".to_owned()));
        assert_eq!(units_of(&all, &id(2).to_string()), [(id(12).to_string(), "U2".to_owned())]);
        assert_eq!(units_of(&all, ""), []);
        assert_eq!(prompts_of(&all, &id(11).to_string()), [prompt(1)]);
        assert_eq!(prompts_of(&all, ""), []);
    }
}
