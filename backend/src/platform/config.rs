//! Configuration: defaults < file < `CHENGXI_*`, checked once, with all errors at once.

mod in_force;
mod sms;

pub use sms::{SmsConfig, SmsGateway};

use super::{db::dialect, telemetry::Masked};
use serde::Deserialize;
use shared::media::recording::{MEGABYTE, RecordingLimits};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::{Path, PathBuf},
    str::FromStr,
};
use tracing_subscriber::EnvFilter;

/// Everything that can be set. The table in README.md lists it.
#[derive(Clone, Debug)]
pub struct Config {
    /// `CHENGXI_LISTEN`: where the server listens.
    pub listen: SocketAddr,
    /// `CHENGXI_DATABASE_URL`: `sqlite://…` or `postgres://…`; it may hold a password.
    pub database_url: Masked<String>,
    /// `CHENGXI_REDIS_URL`: coordination between nodes; in process without it. It may hold a password.
    pub redis_url: Option<Masked<String>>,
    /// `CHENGXI_SITE_DIR`: the built site; without it only the API is served.
    pub site_dir: Option<PathBuf>,
    /// `CHENGXI_KEY_DIR`: where the keys lie; made on first use.
    pub key_dir: PathBuf,
    /// `CHENGXI_FONT_DIR`: fonts for certificates, looked at before those of the system.
    pub font_dir: Option<PathBuf>,
    /// `CHENGXI_PUBLIC_URL`: how the world reaches this system; printed in QR codes.
    pub public_url: String,
    /// `CHENGXI_TRUSTED_PROXIES`: addresses of load balancers, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// `CHENGXI_ANSWER_GROUP_ROWS`: most answers of one transaction, up to 1024; 1 gives each its own.
    pub answer_group_rows: usize,
    /// `CHENGXI_ANSWER_QUEUE`: batches of answers that may wait for the disk; more are refused.
    pub answer_queue: usize,
    /// `CHENGXI_CLOCK_SKEW_MS`: a node whose clock is further off the store's is not ready; 0 is never looked at.
    pub clock_skew_ms: u32,
    /// `CHENGXI_DEMO`: offer the demo accounts on the log-in page.
    pub demo: bool,
    /// `CHENGXI_LOG`: what is logged, as `level` or `target=level`, with commas between.
    pub log: String,
    /// `CHENGXI_LOG_FORMAT`: `text` or `json`.
    pub log_json: bool,
    /// `CHENGXI_STAFF_TOTP`: whether staff log in with a second factor: `off`, `offered` or `required`.
    pub staff_totp: StaffTotp,
    /// `CHENGXI_STAFF_IDLE_MINUTES`: staff who did nothing for this long log in again.
    pub staff_idle_minutes: u32,
    /// `CHENGXI_LEARNER_IDLE_MINUTES`: the same of learners, on a device that is not their own.
    pub learner_idle_minutes: u32,
    /// `CHENGXI_STAFF_PASSWORD_DAYS`: after so long staff choose another password; 0 is never.
    pub staff_password_days: u32,
    /// `CHENGXI_STAFF_DORMANT_DAYS`: after so long without use nobody logs in to an account of staff; 0 is never.
    pub staff_dormant_days: u32,
    /// `CHENGXI_PASSWORD_QUEUE`: passwords that may wait to be hashed; more are refused.
    pub password_queue: usize,
    /// `CHENGXI_EXPORT_MAX_ROWS`: most rows of a list that is exported as one file, up to 1,000,000.
    pub export_max_rows: u32,
    /// `CHENGXI_VIDEO_MAX_MB` and `CHENGXI_SOUND_MAX_MB`: how large recordings of lessons may be.
    pub recordings: RecordingLimits,
    /// `CHENGXI_SMS` and its kin: who carries text messages; without it none are offered.
    pub sms: Option<SmsConfig>,
}

/// What is asked of staff beside their password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffTotp {
    /// Nothing; nobody can set up a second factor.
    Off,
    /// A second factor, of those who have set one up.
    Offered,
    /// A second factor; who has none sets it up before anything else.
    Required,
}

impl StaffTotp {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "off" => Some(Self::Off),
            "offered" => Some(Self::Offered),
            "required" => Some(Self::Required),
            _ => None,
        }
    }
}

/// Answers that one transaction may take: a statement has no room for the values of many more.
const ANSWER_GROUP_ROWS: RangeInclusive<usize> = 1..=1_024;

/// Rows that an exported list may have: a sheet has room for 1,048,576, headers among them.
const EXPORT_MAX_ROWS: RangeInclusive<u32> = 1..=1_000_000;

/// Megabytes that a recording may have: more is not for a phone.
const RECORDING_MAX_MB: RangeInclusive<u64> = 1..=2_000;

/// Passwords that may wait: each holds a connection of somebody who waits.
const PASSWORD_QUEUE: RangeInclusive<usize> = 1..=100_000;

/// A device is heard of when it renews its token, every ten minutes: a shorter idle time would end the log-in
/// of somebody who works.
const LEAST_IDLE_MINUTES: u32 = 15;

/// The settings as text, before they are checked.
#[derive(Clone, Default)]
pub struct Settings {
    values: BTreeMap<String, String>,
    /// What could not even be read, one sentence each.
    wrong: Vec<String>,
}

/// A setting as it may stand in the file: `listen = "…"`, `demo = true`, `answer_queue = 4096`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Switch(bool),
    Number(i64),
    List(Vec<String>),
}

impl Written {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Switch(is_on) => is_on.to_string(),
            Self::Number(number) => number.to_string(),
            Self::List(entries) => entries.join(","),
        }
    }
}

/// The names of all settings.
const NAMES: &[&str] = &[
    "listen",
    "database_url",
    "redis_url",
    "site_dir",
    "key_dir",
    "font_dir",
    "public_url",
    "trusted_proxies",
    "answer_group_rows",
    "answer_queue",
    "clock_skew_ms",
    "demo",
    "log",
    "log_format",
    "staff_totp",
    "staff_idle_minutes",
    "learner_idle_minutes",
    "staff_password_days",
    "staff_dormant_days",
    "password_queue",
    "export_max_rows",
    "video_max_mb",
    "sound_max_mb",
];

/// How the names of all settings begin in the environment.
const PREFIX: &str = "CHENGXI_";
/// Names in the environment that are no settings: where the file lies, and what scripts and tests tell each other.
const NO_SETTINGS: [&str; 3] = ["CONFIG", "BIN", "BENCH_REPORT"];
const NO_SETTINGS_BEGIN: &str = "TEST_";

fn is_known(name: &str) -> bool {
    NAMES.contains(&name) || sms::NAMES.contains(&name)
}

impl Settings {
    /// Settings of the file that `CHENGXI_CONFIG` names, overlaid by `CHENGXI_*`.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_environment() -> Self {
        Self::from_variables(std::env::vars_os())
    }

    /// The same, of these variables.
    fn from_variables(variables: impl Iterator<Item = (OsString, OsString)>) -> Self {
        let ours = variables.filter_map(|(name, value)| Some((name.to_str()?.strip_prefix(PREFIX)?.to_owned(), value)));
        let mut ours: BTreeMap<String, OsString> = ours.collect();
        let mut settings = ours.remove("CONFIG").map_or_else(Self::default, |path| Self::read(&PathBuf::from(path)));
        for (name, value) in ours {
            if NO_SETTINGS.contains(&name.as_str()) || name.starts_with(NO_SETTINGS_BEGIN) {
                continue;
            }
            let setting = name.to_lowercase();
            match value.into_string() {
                _ if name != setting.to_uppercase() || !is_known(&setting) => {
                    settings.wrong.push(format!("{PREFIX}{name}: no such setting"));
                }
                Ok(value) => drop(settings.values.insert(setting, value)),
                Err(_) => settings.wrong.push(format!("{setting}: is no text")),
            }
        }
        settings
    }

    /// The settings of a file; one that cannot be read is wrong, and the rest is checked all the same.
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
        let settings = text.and_then(|text| Self::from_file(&text).map_err(|error| error.to_string()));
        settings.unwrap_or_else(|error| Self {
            values: BTreeMap::new(),
            wrong: vec![format!("{}: {}", path.display(), error.trim_end())],
        })
    }

    /// The settings of a TOML file.
    fn from_file(text: &str) -> Result<Self, toml::de::Error> {
        let written: BTreeMap<String, Written> = toml::from_str(text)?;
        let values = written.into_iter().map(|(name, value)| (name, value.into_text())).collect();
        Ok(Self { values, wrong: Vec::new() })
    }

    /// Checks every setting.
    ///
    /// # Errors
    /// One sentence for each wrong setting, all at once.
    pub fn check(mut self) -> Result<Config, Vec<String>> {
        let mut wrong = self.wrong;
        for name in self.values.keys().filter(|name| !is_known(name)) {
            wrong.push(format!("{name}: no such setting"));
        }
        let mut take = |name: &str, default: &str| self.values.remove(name).unwrap_or_else(|| default.to_owned());
        let listen = take("listen", "127.0.0.1:8080");
        let database_url = take("database_url", dialect::DEFAULT_URL);
        let redis_url = Some(take("redis_url", "")).filter(|url| !url.is_empty());
        let site_dir = Some(take("site_dir", "")).filter(|dir| !dir.is_empty()).map(PathBuf::from);
        let key_dir = PathBuf::from(take("key_dir", "data/keys"));
        let font_dir = Some(take("font_dir", "")).filter(|dir| !dir.is_empty()).map(PathBuf::from);
        let public_url = take("public_url", &format!("http://{listen}"));
        let trusted_proxies = take("trusted_proxies", "");
        let (group_rows, queue) = (take("answer_group_rows", "512"), take("answer_queue", "4096"));
        let (clock_skew, demo) = (take("clock_skew_ms", "1000"), take("demo", "false"));
        let (log, log_format) = (take("log", "info,sqlx=warn"), take("log_format", "text"));
        let export_rows = take("export_max_rows", "200000");
        let (video_mb, sound_mb) = (take("video_max_mb", "200"), take("sound_max_mb", "20"));
        let (staff_totp, staff_idle) = (take("staff_totp", "offered"), take("staff_idle_minutes", "15"));
        let (learner_idle, password_queue) = (take("learner_idle_minutes", "30"), take("password_queue", "512"));
        // The passwords of the demo stand on its log-in page: they are to be good whenever somebody tries it.
        let days = if demo == "true" { "0" } else { "90" };
        let (password_days, dormant_days) = (take("staff_password_days", days), take("staff_dormant_days", days));
        let sms = sms::Written::take(take);

        let listen =
            listen.parse().map_err(|_| wrong.push(format!("listen: {listen} is not an address like 0.0.0.0:8080")));
        if !dialect::SCHEMES.iter().any(|scheme| database_url.starts_with(scheme)) {
            wrong.push(format!("database_url: must begin with {}", dialect::SCHEMES.join(" or ")));
        }
        if redis_url.as_ref().is_some_and(|url| !url.starts_with("redis:") && !url.starts_with("rediss:")) {
            wrong.push("redis_url: must begin with redis: or rediss:".to_owned());
        }
        if let Some(dir) = site_dir.as_ref().filter(|dir| !dir.join("index.html").is_file()) {
            wrong.push(format!("site_dir: {} has no index.html", dir.display()));
        }
        if let Some(dir) = font_dir.as_ref().filter(|dir| !dir.is_dir()) {
            wrong.push(format!("font_dir: there is no folder {}", dir.display()));
        }
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            wrong.push("public_url: must begin with http:// or https://".to_owned());
        }
        let proxies = trusted_proxies.split(',').map(str::trim).filter(|address| !address.is_empty());
        // As the peers of requests are read: one way to write an address, whatever the socket speaks.
        let proxies = proxies.map(|address| address.parse::<IpAddr>().map(|address| address.to_canonical()));
        let trusted_proxies = proxies.collect::<Result<Vec<_>, _>>().unwrap_or_else(|_| {
            wrong.push("trusted_proxies: must be addresses like 10.0.0.1, with commas between".to_owned());
            Vec::new()
        });
        let answer_group_rows: usize = group_rows.parse().unwrap_or(0);
        if !ANSWER_GROUP_ROWS.contains(&answer_group_rows) {
            let (least, most) = (*ANSWER_GROUP_ROWS.start(), *ANSWER_GROUP_ROWS.end());
            wrong.push(format!("answer_group_rows: must be a number from {least} to {most}"));
        }
        let answer_queue = from_one("answer_queue", &queue, &mut wrong);
        let clock_skew_ms = or_never("clock_skew_ms", "milliseconds", &clock_skew, &mut wrong);
        let demo = demo.parse().map_err(|_| wrong.push(format!("demo: {demo} is neither true nor false")));
        if EnvFilter::try_new(&log).is_err() {
            wrong.push(format!("log: {log} is nothing like info,sqlx=warn"));
        }
        if !["text", "json"].contains(&log_format.as_str()) {
            wrong.push(format!("log_format: {log_format} is neither text nor json"));
        }
        let staff_totp = StaffTotp::parse(&staff_totp).unwrap_or_else(|| {
            wrong.push(format!("staff_totp: {staff_totp} is none of off, offered and required"));
            StaffTotp::Required
        });
        let staff_idle_minutes = idle_minutes("staff_idle_minutes", &staff_idle, &mut wrong);
        let learner_idle_minutes = idle_minutes("learner_idle_minutes", &learner_idle, &mut wrong);
        let staff_password_days = or_never("staff_password_days", "days", &password_days, &mut wrong);
        let staff_dormant_days = or_never("staff_dormant_days", "days", &dormant_days, &mut wrong);
        let password_queue: usize = password_queue.parse().unwrap_or(0);
        if !PASSWORD_QUEUE.contains(&password_queue) {
            let (least, most) = (*PASSWORD_QUEUE.start(), *PASSWORD_QUEUE.end());
            wrong.push(format!("password_queue: must be a number from {least} to {most}"));
        }
        let export_max_rows: u32 = export_rows.parse().unwrap_or(0);
        if !EXPORT_MAX_ROWS.contains(&export_max_rows) {
            let (least, most) = (*EXPORT_MAX_ROWS.start(), *EXPORT_MAX_ROWS.end());
            wrong.push(format!("export_max_rows: must be a number from {least} to {most}"));
        }
        let recordings = RecordingLimits {
            video_bytes: recording_bytes("video_max_mb", &video_mb, &mut wrong),
            sound_bytes: recording_bytes("sound_max_mb", &sound_mb, &mut wrong),
        };
        let sms = sms.check(demo == Ok(true), &mut wrong);
        match (listen, demo) {
            (Ok(listen), Ok(demo)) if wrong.is_empty() => Ok(Config {
                listen,
                database_url: Masked(database_url),
                redis_url: redis_url.map(Masked),
                site_dir,
                key_dir,
                font_dir,
                public_url: public_url.trim_end_matches('/').to_owned(),
                trusted_proxies,
                answer_group_rows,
                answer_queue,
                clock_skew_ms,
                demo,
                log,
                log_json: log_format == "json",
                staff_totp,
                staff_idle_minutes,
                learner_idle_minutes,
                staff_password_days,
                staff_dormant_days,
                password_queue,
                export_max_rows,
                recordings,
                sms,
            }),
            _ => Err(wrong),
        }
    }
}

fn idle_minutes(name: &str, text: &str, wrong: &mut Vec<String>) -> u32 {
    let minutes = text.parse().unwrap_or(0);
    if minutes < LEAST_IDLE_MINUTES {
        wrong.push(format!("{name}: must be a number from {LEAST_IDLE_MINUTES}"));
    }
    minutes
}

fn or_never(name: &str, units: &str, text: &str, wrong: &mut Vec<String>) -> u32 {
    text.parse().unwrap_or_else(|_| {
        wrong.push(format!("{name}: must be a number of {units}, or 0 for never"));
        0
    })
}

fn recording_bytes(name: &str, text: &str, wrong: &mut Vec<String>) -> u64 {
    let megabytes = text.parse().unwrap_or(0);
    if !RECORDING_MAX_MB.contains(&megabytes) {
        let (least, most) = (*RECORDING_MAX_MB.start(), *RECORDING_MAX_MB.end());
        wrong.push(format!("{name}: must be a number from {least} to {most}"));
    }
    megabytes.saturating_mul(MEGABYTE)
}

/// A number that is not 0.
fn from_one<N: FromStr + Default + PartialEq>(name: &str, text: &str, wrong: &mut Vec<String>) -> N {
    let number = text.parse().unwrap_or_default();
    if number == N::default() {
        wrong.push(format!("{name}: must be a number from 1"));
    }
    number
}

#[cfg(test)]
mod tests;
