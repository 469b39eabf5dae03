//! The command line.

mod draws;
mod items;
mod keeping;
mod release;

use crate::{
    app::{self, State},
    credit_bank::{self, FileVerdict},
    demo, identity, organisation,
    platform::{
        Services,
        clock::{Clock, ManualClock, SystemClock},
        config::{Config, Settings},
        coordination::{Coordination, InProcess, Shared},
        crypto::{FieldKeys, Keys},
        db::Db,
        error::{AppError, AppResult},
        ids::{IdSource, SystemIds},
        sms, telemetry,
    },
};
use actix_web::HttpServer;
use clap::{Parser, Subcommand};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How long requests that have begun may take when the program stops, in seconds.
const SHUTDOWN_TIMEOUT_S: u64 = 20;

/// The adult schooling platform.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site and the API.
    Serve,
    /// Checks the settings and ends: what is wrong is said, each on a line.
    CheckConfig,
    /// Brings the tables and the list of divisions up to date.
    Migrate,
    /// Copies the embedded store into a new file while it is served, as it is at that moment; the keys are not in it.
    Backup {
        /// The new file.
        file: PathBuf,
    },
    /// Looks through a store, such as a restored one, before it is served: the audit's chain, every receipt against its
    /// answers, whether the keys open what is sealed, and every certificate. It changes nothing, makes no keys, and
    /// fails where something is wrong.
    CheckStore,
    /// Prints the API's document.
    Openapi,
    /// Creates the demo province; what is there stays as it is, but for today's test: it is planned anew once the
    /// last one is over.
    SeedDemo {
        /// The folder of courses and items.
        #[arg(long, default_value = "backend/demo")]
        content: PathBuf,
        /// Leaves out today's test, which the next call plans: for a province that others are copied from.
        #[arg(long)]
        up_to_today: bool,
    },
    /// Prints the demo accounts, one a line: role, account name, password.
    DemoAccounts,
    /// Brings the items of a text file into the bank: everything or nothing.
    ImportItems {
        /// The file.
        file: PathBuf,
        /// Code of the course that they belong to, such as `GYW01`.
        #[arg(long)]
        course: String,
        /// Account name of their author.
        #[arg(long)]
        author: String,
        /// `gift`, `aiken`, `moodle-xml`, `qti` or `chinese-text`; by the file's ending unless told.
        #[arg(long)]
        format: Option<TextFormat>,
    },
    /// Adds a key that encrypts numbers, phones, lists and photos from now on, and has everything that older
    /// keys encrypted encrypted anew, as a job of the server.
    ///
    /// With several nodes: say `rotate-keys --only-add` on one, copy the new file in the folder `fields`
    /// of its keys to all others, restart all, then say `renew-fields` on one. No node may start before
    /// all have the file.
    RotateKeys {
        /// Only writes the key's file: nothing is encrypted anew, and no server uses it until it starts
        /// again.
        #[arg(long)]
        only_add: bool,
    },
    /// Has everything that older keys encrypted encrypted anew, as a job of the server.
    RenewFields,
    /// Adds a key that signs access tokens from a moment on; the one before is good until its last token has ended.
    ///
    /// All servers are restarted before that moment. With several nodes, copy the new file in the folder `tokens` of the
    /// keys to all others first.
    RotateTokenKey {
        /// After so many minutes it signs.
        #[arg(long, default_value_t = 60)]
        in_minutes: u16,
    },
    /// Prints how many values each key opens. The file of a key that opens none may be put away; that of key 0
    /// is `at-rest.key`.
    KeyUse,
    /// Creates a security administrator of the province and prints the password for the first log-in. Two
    /// of them grant all other roles on the page of rights.
    AddSecurityAdministrator {
        /// Account name.
        login_name: String,
        /// The person's name.
        name: String,
    },
    /// Gives an account a new password for the first log-in, prints it, and turns its second factor off.
    ResetAccount {
        /// Account name.
        login_name: String,
    },
    /// Writes the key of a paper into a file, once every test of it has begun: for another host to offer, as
    /// `/api/v1/released_keys/PAPER`, to candidates who do not reach this system. Before that it fails.
    ReleaseKey {
        /// Id of the paper.
        paper: String,
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
    /// Draws the forms of a disclosed drawing once more, without a network, and compares: whether they are what was told, and
    /// bound to what was published before the test. Any other version of the algorithm is refused.
    CheckDraw {
        /// The record, as `/api/v1/public/draws/ID` has it.
        file: PathBuf,
        /// The commitment that was published, in hex.
        #[arg(long)]
        commitment: String,
    },
    /// Verifies a course certificate without a network: the credential as the learner downloaded it.
    Verify {
        /// The file.
        file: PathBuf,
        /// The issuer to trust, as `did:key:…`; this system's own key unless told.
        #[arg(long)]
        issuer: Option<String>,
    },
}

/// A text format of items.
#[derive(Clone, Copy, clap::ValueEnum)]
enum TextFormat {
    Gift,
    Aiken,
    MoodleXml,
    Qti,
    ChineseText,
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match actix_web::rt::System::new().block_on(dispatch(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(errors) => {
            for error in errors {
                say_error(&error);
            }
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(command: Command) -> Result<(), Vec<String>> {
    match &command {
        Command::Openapi => return print_openapi().map_err(|error| vec![error.to_string()]),
        Command::DemoAccounts => return print_demo_accounts().map_err(|error| vec![error.to_string()]),
        Command::CheckDraw { file, commitment } => {
            return draws::check(file, commitment).map_err(|error| vec![error.to_string()]);
        }
        _ => {}
    }
    let config = Settings::from_environment().check()?;
    telemetry::start_logging(&config.log, config.log_json);
    let outcome = match command {
        Command::Serve => serve(config).await,
        Command::Migrate => services(config).await.map(drop),
        Command::Backup { file } => keeping::back_up(&config, &file).await,
        Command::CheckStore => keeping::check_store(config).await,
        Command::SeedDemo { content, up_to_today } => seed_demo(config, &content, up_to_today).await,
        Command::ImportItems { file, course, author, format } => {
            return items::import(config, items::Wanted { file, course, author, format }).await;
        }
        Command::RotateKeys { only_add } => rotate_keys(config, only_add).await,
        Command::RenewFields => renew_fields(config).await,
        Command::RotateTokenKey { in_minutes } => keeping::rotate_token_key(&config, in_minutes),
        Command::KeyUse => print_key_use(config).await,
        Command::AddSecurityAdministrator { login_name, name } => {
            let cx = services(config).await.map_err(|error| vec![error.to_string()])?;
            say_password(identity::add_security_administrator(&cx, &login_name, &name).await)
        }
        Command::ResetAccount { login_name } => {
            let cx = services(config).await.map_err(|error| vec![error.to_string()])?;
            say_password(identity::reset_account(&cx, &login_name).await)
        }
        Command::ReleaseKey { paper, out } => release::release_key(config, &paper, &out).await,
        Command::Verify { file, issuer } => verify(&config, &file, issuer.as_deref()),
        Command::CheckConfig | Command::Openapi | Command::DemoAccounts | Command::CheckDraw { .. } => Ok(()),
    };
    outcome.map_err(|error| vec![error.to_string()])
}

/// Opens the store, brings its tables and the list of divisions up to date, and reads the keys.
///
/// # Errors
/// If one of them cannot be had.
pub async fn services(config: Config) -> AppResult<Services> {
    services_on(config, Arc::new(SystemClock)).await
}

async fn services_on(config: Config, clock: Arc<dyn Clock>) -> AppResult<Services> {
    let cx = open_store(config, clock, |config| Keys::load_or_create(&config.key_dir, &SystemIds)).await?;
    cx.db.migrate().await?;
    organisation::load_divisions(&cx).await?;
    Ok(cx)
}

/// The store as it is, with the keys that `keys_of` has.
async fn open_store(
    config: Config,
    clock: Arc<dyn Clock>,
    keys_of: impl FnOnce(&Config) -> AppResult<Keys>,
) -> AppResult<Services> {
    let ids: Arc<dyn IdSource> = Arc::new(SystemIds);
    let db = Db::open(&config.database_url.0, clock.clone(), ids.clone()).await?;
    let coordination: Arc<dyn Coordination> = match &config.redis_url {
        Some(url) => Arc::new(
            Shared::connect(&url.0, "chengxi:", clock.clone())
                .await
                .map_err(|error| AppError::Unavailable { reason: error.to_string() })?,
        ),
        None => Arc::new(InProcess::new(clock.clone())),
    };
    let keys = Arc::new(keys_of(&config)?);
    let sms = sms::carrier(&config)?;
    Ok(Services { clock, ids, db, coordination, sms, keys, config: Arc::new(config) })
}

#[expect(clippy::disallowed_methods, reason = "it waits for who asks the server to stop, and ends with it")]
async fn serve(config: Config) -> AppResult<()> {
    let listen = config.listen;
    telemetry::metrics();
    let state = State::new(services(config).await?)?;
    let (journal, live, draining) = (state.journal.clone(), state.live.clone(), state.draining.clone());
    let jobs = app::jobs(state.cx.clone()).start();
    let server = HttpServer::new(move || app::app(state.clone()))
        .keep_alive(Duration::from_secs(100))
        .client_request_timeout(Duration::from_secs(15))
        .backlog(4_096)
        .disable_signals()
        .shutdown_timeout(SHUTDOWN_TIMEOUT_S)
        .bind(listen)
        .map_err(AppError::internal)?
        .run();
    let handle = server.handle();
    let terminate = signal(SignalKind::terminate()).map_err(AppError::internal)?;
    actix_web::rt::spawn(async move {
        asked_to_stop(terminate).await;
        tracing::info!("server.stopping");
        draining.begin();
        // Whoever looks on or waits for news would hold the server up.
        live.close();
        handle.stop(true).await;
    });
    // From here on a connection is taken: who started this program may wait for the line.
    tracing::info!(listen = %listen, "server.listening");
    server.await.map_err(AppError::internal)?;
    // Every request has its answer; what a client no longer waited for is written all the same.
    jobs.stop().await;
    journal.close().await;
    tracing::info!("server.stopped");
    Ok(())
}

/// Returns when somebody asks the program to stop: SIGTERM, or Ctrl+C.
async fn asked_to_stop(mut terminate: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

async fn seed_demo(config: Config, content: &Path, up_to_today: bool) -> AppResult<()> {
    let clock = Arc::new(ManualClock::at(SystemClock.now()));
    let cx = services_on(config, clock.clone()).await?;
    let jobs = app::jobs(cx.clone());
    if up_to_today {
        demo::seed_up_to_today(&cx, &clock, &jobs, content).await?;
    } else {
        demo::seed(&cx, &clock, &jobs, content).await?;
    }
    print_demo_accounts()
}

async fn rotate_keys(config: Config, only_add: bool) -> AppResult<()> {
    let cx = services(config).await?;
    let key = FieldKeys::add(&cx.config.key_dir, &*cx.ids)?;
    if only_add {
        let text = format!("key {key} is added; copy its file to all nodes, restart them, then say renew-fields");
        return say(&text).map_err(AppError::internal);
    }
    say(&format!("key {key} encrypts from now on; back up its file")).map_err(AppError::internal)?;
    ask_to_renew(&cx).await
}

async fn renew_fields(config: Config) -> AppResult<()> {
    ask_to_renew(&services(config).await?).await
}

async fn ask_to_renew(cx: &Services) -> AppResult<()> {
    let key = cx.keys.fields.reload()?;
    let job = app::ask_to_renew(cx, key).await?;
    say(&format!("job {job} of the server encrypts by key {key} what older keys did")).map_err(AppError::internal)
}

async fn print_key_use(config: Config) -> AppResult<()> {
    for (key, values) in app::key_use(&services(config).await?).await? {
        say(&format!("key {key}: {values} values")).map_err(AppError::internal)?;
    }
    Ok(())
}

/// Prints what a genuine certificate says; fails with the reason otherwise.
fn verify(config: &Config, file: &Path, issuer: Option<&str>) -> AppResult<()> {
    let trusted = match issuer {
        Some(did) => credit_bank::issuer_key(did)?,
        None => credit_bank::own_key(&Keys::load(&config.key_dir)?),
    };
    match credit_bank::verify_file(file, &[trusted])? {
        FileVerdict::Genuine(claims) => {
            let text = serde_json::to_string_pretty(&claims).map_err(AppError::internal)?;
            say(&text).map_err(AppError::internal)
        }
        FileVerdict::Refused(reason) => Err(AppError::internal(reason)),
    }
}

fn print_openapi() -> AppResult<()> {
    let document = app::openapi().to_pretty_json().map_err(AppError::internal)?;
    say(&document).map_err(AppError::internal)
}

fn print_demo_accounts() -> AppResult<()> {
    for account in demo::accounts()? {
        let line = format!("{:22} {:14} {}", account.role.as_str(), account.login_name, account.password);
        say(&line).map_err(AppError::internal)?;
    }
    Ok(())
}

/// Prints a first password, this once.
fn say_password(password: AppResult<String>) -> AppResult<()> {
    say(&format!("password for the first log-in, within seven days: {}", password?)).map_err(AppError::internal)
}

fn say(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{text}")
}

fn say_error(text: &str) {
    drop(writeln!(std::io::stderr(), "chengxi: {text}"));
}
