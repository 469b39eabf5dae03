//! What a school writes of a class.

use super::words::{form_name, season_name};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    pages::{
        organisation::{
            schools::{SchoolField, at_first, chosen},
            words::words,
        },
        people::checked::{Checked, GroupError},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        whole_list::whole_list,
    },
    ui::{Choices, Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::{
    ids::CourseId,
    learning::{ClassEntry, ClassForm, ClassPlan, ClassSeason, ClassTeacher, CourseAtVersion, CourseView},
    organisation::{OpenState, ProviderView, TeachingPointView},
    page::Page,
    problem::FieldError,
    time::{read_date, write_date},
};

/// How many learners a class usually has room for.
const USUAL_CAPACITY: &str = "40";

/// What the form offers.
#[derive(Clone, PartialEq)]
pub(super) struct Offered {
    /// The schools that may have the class.
    pub(super) schools: Vec<ProviderView>,
    /// The courses that can be studied.
    pub(super) courses: Vec<CourseView>,
}

/// The courses with a published version.
///
/// # Errors
/// If the server did not say.
pub(super) async fn courses(actor: Actor) -> Outcome<Vec<CourseView>> {
    whole_list(actor, "/courses", &[("published", Some("true".to_owned()))]).await
}

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    offered: StoredValue<Offered>,
    school: RwSignal<String>,
    name: RwSignal<String>,
    form: RwSignal<String>,
    partner: RwSignal<String>,
    contact: RwSignal<String>,
    phone: RwSignal<String>,
    season: RwSignal<String>,
    tutor: RwSignal<String>,
    capacity: RwSignal<String>,
    point: RwSignal<String>,
    courses: RwSignal<Vec<CourseAtVersion>>,
    starts_on: RwSignal<String>,
    ends_on: RwSignal<String>,
}

impl Draft {
    /// A new class, or one that there is.
    pub(super) fn of(offered: Offered, plan: Option<&ClassPlan>) -> Self {
        let text = |text: String| RwSignal::new(text);
        let of_plan = |read: fn(&ClassPlan) -> Option<String>| text(plan.and_then(read).unwrap_or_default());
        let school = plan.map_or_else(|| at_first(&offered.schools), |plan| plan.class.provider_id.to_string());
        let capacity = plan.map_or_else(|| USUAL_CAPACITY.to_owned(), |plan| plan.class.capacity.to_string());
        let studied = plan.map(|plan| plan.courses.as_slice()).unwrap_or_default().iter();
        let studied =
            studied.map(|course| CourseAtVersion { course_id: course.course_id, version: Some(course.version) });
        Self {
            school: text(school),
            name: of_plan(|plan| Some(plan.class.name.clone())),
            form: of_plan(|plan| Some(plan.class.form.to_string())),
            partner: of_plan(|plan| Some(plan.partner.clone())),
            contact: of_plan(|plan| Some(plan.partner_contact.clone())),
            phone: of_plan(|plan| Some(plan.partner_phone.clone())),
            season: of_plan(|plan| plan.season.map(|season| season.to_string())),
            tutor: of_plan(|plan| plan.class.tutor_id.map(|id| id.to_string())),
            capacity: text(capacity),
            point: of_plan(|plan| plan.teaching_point_id.map(|id| id.to_string())),
            courses: RwSignal::new(studied.collect()),
            starts_on: of_plan(|plan| plan.starts_on.map(write_date)),
            ends_on: of_plan(|plan| plan.ends_on.map(write_date)),
            offered: StoredValue::new(offered),
        }
    }

    fn form(self) -> Option<ClassForm> {
        ClassForm::parse(&self.form.get())
    }

    fn school(self) -> Option<ProviderView> {
        let id = self.school.get();
        self.offered.with_value(|offered| chosen(&offered.schools, &id))
    }

    /// What is stated; absent while school or form is not chosen.
    pub(super) fn stated(self) -> Option<ClassEntry> {
        let form = self.form()?;
        let of_partner = |text: RwSignal<String>| match form.has_partner() {
            true => text.get().trim().to_owned(),
            false => String::new(),
        };
        Some(ClassEntry {
            provider_id: self.school.get().parse().ok()?,
            name: self.name.get().trim().to_owned(),
            form,
            partner: of_partner(self.partner),
            partner_contact: of_partner(self.contact),
            partner_phone: of_partner(self.phone),
            season: ClassSeason::parse(&self.season.get()),
            tutor_id: self.tutor.get().parse().ok(),
            capacity: self.capacity.get().trim().parse().unwrap_or_default(),
            teaching_point_id: self.point.get().parse().ok().filter(|_| form != ClassForm::Online),
            courses: self.courses.get(),
            starts_on: read_date(&self.starts_on.get()),
            ends_on: read_date(&self.ends_on.get()),
        })
    }

    /// What is wrong with it.
    pub(super) fn wrong(self) -> Vec<FieldError> {
        let missing = |is_missing: bool, pointer| is_missing.then(|| FieldError::new(pointer, "required"));
        let Some(entry) = self.stated() else {
            let school = missing(self.school.with(String::is_empty), "/provider_id");
            return school.into_iter().chain(missing(self.form().is_none(), "/form")).collect();
        };
        let mut wrong = entry.check();
        for error in &mut wrong {
            if error.pointer == "/capacity" {
                "capacity".clone_into(&mut error.code);
            }
        }
        wrong
    }

    fn studies(self, id: CourseId) -> bool {
        self.courses.with(|courses| courses.iter().any(|course| course.course_id == id))
    }

    fn study(self, id: CourseId, is_studied: bool) {
        self.courses.update(|courses| {
            courses.retain(|course| course.course_id != id);
            if is_studied {
                courses.push(CourseAtVersion { course_id: id, version: None });
            }
        });
    }
}

/// The fields. What is settled once cannot be changed any more.
#[component]
pub(super) fn PlanFields(draft: Draft, checked: Checked, is_new: bool) -> impl IntoView {
    let i18n = use_i18n();
    let forms = move || {
        let option = |form: &ClassForm| (form.as_str().to_owned(), form_name(i18n.get_locale(), *form).to_owned());
        ClassForm::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        {is_new.then(|| view! {
            <SchoolField
                schools=draft.offered.with_value(|offered| offered.schools.clone())
                value=draft.school
                error=checked.error("/provider_id")
            />
        })}
        <Field
            id="name"
            label=words(|locale| td_string!(locale, classes.name))
            hint=words(|locale: Locale| td_string!(locale, classes.name_hint))
            error=checked.error("/name")
        >
            <TextInput value=draft.name />
        </Field>
        {is_new.then(|| view! {
            <div>
                <Choices
                    legend=words(|locale| td_string!(locale, classes.form))
                    value=draft.form
                    options=Signal::derive(forms)
                    on_choose=move |chosen| draft.form.set(chosen)
                />
                <GroupError text=checked.error("/form") />
            </div>
        })}
        <WhoAndWhere draft checked />
        <Courses draft checked />
        <Days draft checked />
    }
}

/// Partner, teaching point, tutor, and for how many.
#[component]
fn WhoAndWhere(draft: Draft, checked: Checked) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let has_partner = Memo::new(move |_| draft.form().is_some_and(ClassForm::has_partner));
    let is_online = Memo::new(move |_| draft.form() == Some(ClassForm::Online));
    let points = LocalResource::new(move || {
        let path = format!("/teaching_points?limit=200&provider_id={}", draft.school.get());
        let is_known = draft.school().is_some();
        async move { if is_known { client::get::<Page<TeachingPointView>>(actor, &path).await.ok() } else { None } }
    });
    let teachers = LocalResource::new(move || {
        let path = format!("/class_teachers?provider_id={}", draft.school.get());
        let is_known = draft.school().is_some();
        async move { if is_known { client::get::<Vec<ClassTeacher>>(actor, &path).await.ok() } else { None } }
    });
    let point_options = Signal::derive(move || {
        let points = points.get().flatten().map(|page| page.items).unwrap_or_default();
        let open = points.into_iter().filter(|point| point.state == OpenState::Open);
        open.map(|point| (point.id.to_string(), point.name)).collect::<Vec<_>>()
    });
    let teacher_options = Signal::derive(move || {
        let teachers = teachers.get().flatten().unwrap_or_default();
        teachers.into_iter().map(|teacher| (teacher.account_id.to_string(), teacher.display_name)).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || has_partner.get()>
            <Field
                id="partner"
                label=words(|locale| td_string!(locale, classes.partner))
                hint=words(|locale: Locale| td_string!(locale, classes.partner_hint))
                error=checked.error("/partner")
            >
                <TextInput value=draft.partner />
            </Field>
            <div class="row search">
                <Field
                    id="partner_contact"
                    label=words(|locale| td_string!(locale, classes.partner_contact))
                    error=checked.error("/partner_contact")
                >
                    <TextInput value=draft.contact />
                </Field>
                <Field
                    id="partner_phone"
                    label=words(|locale| td_string!(locale, classes.partner_phone))
                    error=checked.error("/partner_phone")
                >
                    <TextInput value=draft.phone kind="tel" />
                </Field>
            </div>
        </Show>
        <Show when=move || !is_online.get()>
            <Field
                id="teaching_point"
                label=words(|locale| td_string!(locale, classes.teaching_point))
                error=checked.error("/teaching_point_id")
            >
                <Select value=draft.point options=point_options />
            </Field>
        </Show>
        <Field id="tutor" label=words(|locale| td_string!(locale, classes.tutor)) error=checked.error("/tutor_id")>
            <Select value=draft.tutor options=teacher_options />
        </Field>
        <Field
            id="capacity"
            label=words(|locale| td_string!(locale, classes.capacity))
            error=checked.error("/capacity")
        >
            <TextInput value=draft.capacity keyboard="numeric" />
        </Field>
    }
}

/// What the class studies.
#[component]
fn Courses(draft: Draft, checked: Checked) -> impl IntoView {
    let courses = draft.offered.with_value(|offered| offered.courses.clone());
    let course = move |course: CourseView| {
        let id = course.id;
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || draft.studies(id)
                    on:change:target=move |event| draft.study(id, event.target().checked())
                />
                <span>{course.title}</span>
            </label>
        }
    };
    let legend = words(|locale| td_string!(locale, classes.courses));
    view! {
        <div>
            <fieldset class="choices">
                <legend>{move || legend.get()}</legend>
                <div class="row">{courses.into_iter().map(course).collect_view()}</div>
            </fieldset>
            <GroupError text=checked.error("/courses") />
        </div>
    }
}

/// The season, and from when until when.
#[component]
fn Days(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let seasons = move || {
        let option =
            |season: &ClassSeason| (season.as_str().to_owned(), season_name(i18n.get_locale(), *season).to_owned());
        ClassSeason::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <div class="row search">
            <Field id="season" label=words(|locale| td_string!(locale, classes.season))>
                <Select value=draft.season options=Signal::derive(seasons) />
            </Field>
            <Field
                id="starts_on"
                label=words(|locale| td_string!(locale, classes.starts_on))
                error=checked.error("/starts_on")
            >
                <TextInput value=draft.starts_on kind="date" />
            </Field>
            <Field id="ends_on" label=words(|locale| td_string!(locale, classes.ends_on)) error=checked.error("/ends_on")>
                <TextInput value=draft.ends_on kind="date" />
            </Field>
        </div>
    }
}
