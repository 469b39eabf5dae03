//! Composes everything: the only file that names all features.

mod application_form;
mod division_book;
mod document;
mod item_print;
mod keys;
mod operations;
mod own_data;
mod paper_print;
mod person_facts;
mod place_book;
mod receipt;
mod room_report;
mod seat_sheets;
mod store_check;
mod sweep;
mod system;
mod ticket;
mod work;

pub use division_book::division_book;
pub use keys::{ask_to_renew, key_use, sealed_columns};
pub use operations::Draining;
pub use person_facts::fact_book;
pub use store_check::{StoreCheck, check_store};

use crate::{
    access::{ActorSource, ClassBook, OwnerBook, PlaceBook},
    credit_bank::{
        self, ApproveMany, IssueForEverybody, KeepCertificates, Printer, ProposeAfterRecheck, ProposeRevocations,
        StatusLists,
    },
    delivery::{self, Journal, Live},
    demo,
    enrolment::{self, FollowName, ForgetDocumentPhotos, RECORD_LEFT},
    exports,
    identity::{self, CONSENT_DECLINED, Identity},
    item_bank::{
        self, ITEMS_WITHOUT_TEXT, ItemPrinter, MakeTexts, OPEN_REMARKS, OPEN_VERSIONS, SealRemarks, SealVersions,
        TEST_IMPORTED,
    },
    learning::{self, LeaveClasses},
    marking::{self, SettleExamSession},
    media,
    messages::{SendMessage, TEXT_QUEUED},
    organisation::{self, DivisionBook},
    papers::{self, ComposeImported},
    people::{self, FactBook, PERSON_RENAMED, WorkCalendar},
    platform::{
        Services,
        error::AppResult,
        http::{
            Parameters, Routes, Site, known_parameters_only, measured, named_requests, nothing_of_no_encoding,
            problems, readable_addresses, safe_methods_only_read, security_headers, small_as_it_is,
        },
        jobs::Jobs,
        telemetry::RequestSpan,
    },
    results::{self, MeasureItems, RESULT_CORRECTED, RESULTS_RELEASED},
    roster::{self, ImportRows},
    sittings::{self, EXAM_NEWS, EXAM_SESSION_ARMED, INCIDENT_LIFTED, INCIDENT_UPHELD, TellCandidatesByText},
    teaching,
};
use actix_web::{
    App, HttpRequest, HttpResponse,
    middleware::{Compress, from_fn},
    web::{self, Data, PayloadConfig},
};
use keys::{CountKeyUse, RenewFields};
use shared::{
    credit_bank::{ApproveReport, IssueReport},
    rights::Right,
    roster::ImportReport,
    system::KeyUse,
};
use std::sync::Arc;
use sweep::SweepStore;
use utoipa::{OpenApi, openapi::OpenApiBuilder};

/// Under what the operations of the API lie.
const API: &str = "/api/v1";
/// Largest body that a request may have, unless its route says otherwise.
const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;

/// Everything that the workers share.
#[derive(Clone)]
pub struct State {
    /// The platform.
    pub cx: Services,
    identity: Data<Identity>,
    /// Where answers are handed to the disk.
    pub journal: Data<Journal>,
    /// What consoles and candidates' devices are told as it happens.
    pub live: Data<Live>,
    /// Whether this node is about to stop.
    pub draining: Data<Draining>,
    /// Prints certificates.
    pub printer: Arc<Printer>,
    facts: Data<FactBook>,
    divisions: Data<DivisionBook>,
    status_lists: Data<StatusLists>,
    parameters: Data<Parameters>,
    site: Option<Arc<Site>>,
}

impl State {
    /// # Errors
    /// If the site or the keys cannot be read.
    pub fn new(cx: Services) -> AppResult<Self> {
        let site = cx.config.site_dir.as_deref().map(Site::load).transpose();
        let site = site.map_err(crate::platform::error::AppError::internal)?.map(Arc::new);
        let identity = Data::new(Identity::new(cx.clone())?);
        let journal = Data::new(Journal::start(cx.clone()));
        let live = Data::new(Live::start(cx.clone()));
        let printer = Printer::new(cx.config.font_dir.clone());
        let draining = Data::new(Draining::default());
        let facts = Data::new(fact_book());
        let divisions = Data::new(division_book());
        let status_lists = Data::new(StatusLists::default());
        let mut parameters = Parameters::default();
        api(&mut Routes::Asked(API, &mut parameters));
        let parameters = Data::new(parameters);
        Ok(Self { cx, identity, journal, live, draining, printer, facts, divisions, status_lists, parameters, site })
    }

    /// Adds all state and all routes to an app.
    pub fn configure(&self, cfg: &mut web::ServiceConfig) {
        let actors: Arc<dyn ActorSource> = self.identity.clone().into_inner();
        let owners: Arc<dyn OwnerBook> = Arc::new(enrolment::Owners(self.cx.clone()));
        let places: Arc<dyn PlaceBook> = Arc::new(place_book::AllPlaces::new(self.cx.clone()));
        let calendar: Arc<dyn WorkCalendar> = Arc::new(teaching::Holidays(self.cx.clone()));
        let items: Arc<dyn ItemPrinter> = Arc::new(item_print::ItemPrints::new(self.cx.clone(), self.printer.clone()));
        let classes: Arc<dyn ClassBook> = Arc::new(learning::ClassRolls(self.cx.clone()));
        cfg.app_data(Data::new(self.cx.clone()))
            .app_data(self.identity.clone())
            .app_data(self.journal.clone())
            .app_data(self.live.clone())
            .app_data(self.draining.clone())
            .app_data(Data::from(self.printer.clone()))
            .app_data(self.facts.clone())
            .app_data(self.divisions.clone())
            .app_data(self.status_lists.clone())
            .app_data(self.parameters.clone())
            .app_data(Data::from(actors))
            .app_data(Data::from(owners))
            .app_data(Data::from(places))
            .app_data(Data::from(calendar))
            .app_data(Data::from(classes))
            .app_data(Data::from(items))
            .app_data(PayloadConfig::new(MAX_BODY_BYTES));
    }
}

fn api(cfg: &mut Routes<'_>) {
    // Routes are tried one after another: those that thousands ask for in one minute stand first.
    delivery::routes(cfg);
    // Then these, since an id may be anything, also the name of a list's file.
    exports::routes(cfg);
    identity::routes(cfg);
    organisation::routes(cfg);
    people::routes(cfg);
    roster::routes(cfg);
    media::routes(cfg);
    enrolment::routes(cfg);
    learning::routes(cfg);
    teaching::routes(cfg);
    item_bank::routes(cfg);
    papers::routes(cfg);
    sittings::routes(cfg);
    marking::routes(cfg);
    results::routes(cfg);
    credit_bank::routes(cfg);
    demo::routes(cfg);
    cfg.service(operations::get_job)
        .service(application_form::print_enrolment_form)
        .service(room_report::print_room_report)
        .service(receipt::print_own_receipt)
        .service(receipt::print_candidate_receipt)
        .service(ticket::print_own_ticket)
        .service(seat_sheets::print_seat_sheets)
        .service(paper_print::print_paper)
        .service(own_data::get_own_data)
        .service(own_data::get_own_data_pdf)
        .service(work::list_my_work)
        .service(system::get_system)
        .service(system::rotate_keys)
        .service(system::count_keys);
}

/// The work that goes on without a request, and what makes a node do it.
#[must_use]
pub fn jobs(cx: Services) -> Jobs {
    Jobs::new(cx)
        .keeps_doing::<SweepStore>()
        .does_on::<SettleExamSession>(EXAM_SESSION_ARMED)
        .does::<IssueForEverybody>()
        .does::<ApproveMany>()
        .does::<RenewFields>()
        .does::<CountKeyUse>()
        .does::<ImportRows>()
        .does_on::<FollowName>(PERSON_RENAMED)
        .does_on::<LeaveClasses>(RECORD_LEFT)
        .does_on::<ForgetDocumentPhotos>(CONSENT_DECLINED)
        .does_on::<TellCandidatesByText>(EXAM_NEWS)
        .does_on::<SendMessage>(TEXT_QUEUED)
        .does_on::<MakeTexts>(ITEMS_WITHOUT_TEXT)
        .does_on::<SealVersions>(OPEN_VERSIONS)
        .does_on::<SealRemarks>(OPEN_REMARKS)
        .does_on::<ComposeImported>(TEST_IMPORTED)
        .does_on::<MeasureItems>(RESULTS_RELEASED)
        .does_on::<ProposeRevocations>(INCIDENT_UPHELD)
        .does_on::<KeepCertificates>(INCIDENT_LIFTED)
        .does_on::<ProposeAfterRecheck>(RESULT_CORRECTED)
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Chengxi", description = "API of the adult schooling platform.", license(name = "Apache-2.0")),
    components(schemas(ApproveReport, ImportReport, IssueReport, KeyUse, Right))
)]
struct Document;

/// The API's document (OpenAPI 3.1).
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut described = OpenApiBuilder::new().build();
    api(&mut Routes::Described(&mut described));
    document::finished(Document::openapi().nest(API, described))
}

/// The state, middleware and routes of one worker's app.
pub fn app(
    state: State,
) -> App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let (site, public_url) = (state.site.clone(), state.cx.config.public_url.clone());
    App::new()
        // Before the scope of the same prefix, which answers whatever it does not know.
        .service(operations::get_openapi)
        .service(web::scope(API).configure(|cfg| api(&mut Routes::Served(cfg))))
        .configure(move |cfg| state.configure(cfg))
        .configure(learning::statement_resources)
        .service(operations::get_health)
        .service(operations::get_readiness)
        .service(operations::get_metrics)
        .configure(move |cfg| credit_bank::publish_key(cfg, &public_url))
        .configure(learning::serve_tools)
        .default_service(web::to(move |request: HttpRequest| {
            let site = site.clone();
            async move { site.map_or_else(|| HttpResponse::NotFound().finish(), |site| site.respond(&request)) }
        }))
        .wrap(from_fn(safe_methods_only_read))
        .wrap(from_fn(known_parameters_only))
        .wrap(from_fn(readable_addresses))
        .wrap(from_fn(problems))
        .wrap(from_fn(security_headers))
        .wrap(from_fn(operations::let_go))
        .wrap(from_fn(small_as_it_is))
        .wrap(Compress::default())
        .wrap(from_fn(nothing_of_no_encoding))
        .wrap(from_fn(measured))
        .wrap(tracing_actix_web::TracingLogger::<RequestSpan>::new())
        .wrap(from_fn(named_requests))
}
