//! The settings in force, for who keeps the system: no secret, and nothing that opens a door.

use super::{Config, SmsConfig, StaffTotp};
use shared::{media::recording::MEGABYTE, messages::MessageKind};
use std::path::Path;

/// Says of a setting that it is set, and not what it is.
const SET: &str = "***";

impl Config {
    /// What is in force, by name; empty where nothing is set.
    #[must_use]
    pub fn in_force(&self) -> Vec<(&'static str, String)> {
        let number = |number: usize| number.to_string();
        let proxies: Vec<_> = self.trusted_proxies.iter().map(ToString::to_string).collect();
        let totp = match self.staff_totp {
            StaffTotp::Off => "off",
            StaffTotp::Offered => "offered",
            StaffTotp::Required => "required",
        };
        let mut settings = vec![
            ("listen", self.listen.to_string()),
            ("database_url", kind_of(&self.database_url.0)),
            ("redis_url", self.redis_url.as_ref().map(|url| kind_of(&url.0)).unwrap_or_default()),
            ("site_dir", folder(self.site_dir.as_deref())),
            ("key_dir", folder(Some(&self.key_dir))),
            ("font_dir", folder(self.font_dir.as_deref())),
            ("public_url", self.public_url.clone()),
            ("trusted_proxies", proxies.join(",")),
            ("answer_group_rows", number(self.answer_group_rows)),
            ("answer_queue", number(self.answer_queue)),
            ("clock_skew_ms", self.clock_skew_ms.to_string()),
            ("demo", self.demo.to_string()),
            ("log", self.log.clone()),
            ("log_format", if self.log_json { "json" } else { "text" }.to_owned()),
            ("staff_totp", totp.to_owned()),
            ("staff_idle_minutes", self.staff_idle_minutes.to_string()),
            ("learner_idle_minutes", self.learner_idle_minutes.to_string()),
            ("staff_password_days", self.staff_password_days.to_string()),
            ("staff_dormant_days", self.staff_dormant_days.to_string()),
            ("password_queue", number(self.password_queue)),
            ("export_max_rows", self.export_max_rows.to_string()),
            ("video_max_mb", (self.recordings.video_bytes / MEGABYTE).to_string()),
            ("sound_max_mb", (self.recordings.sound_bytes / MEGABYTE).to_string()),
        ];
        settings.extend(self.texts_in_force());
        settings
    }

    fn texts_in_force(&self) -> [(&'static str, String); 6] {
        let none = String::new;
        let (kind, file, url, secret, signature, templates) = match &self.sms {
            None => ("off", none(), none(), none(), none(), none()),
            Some(SmsConfig::File(path)) => ("file", folder(Some(path)), none(), none(), none(), none()),
            Some(SmsConfig::Http(gateway)) => {
                let template = |(kind, name): (&MessageKind, &String)| format!("{kind}={name}");
                let templates: Vec<_> = gateway.templates.iter().map(template).collect();
                ("http", none(), SET.to_owned(), SET.to_owned(), gateway.signature.clone(), templates.join(","))
            }
        };
        [
            ("sms", kind.to_owned()),
            ("sms_file", file),
            ("sms_url", url),
            ("sms_secret", secret),
            ("sms_signature", signature),
            ("sms_templates", templates),
        ]
    }
}

/// What kind of store an address names. The rest of it may hold a password.
fn kind_of(url: &str) -> String {
    url.split(':').next().unwrap_or_default().to_owned()
}

fn folder(path: Option<&Path>) -> String {
    path.map(|path| path.display().to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{NAMES, Settings, sms};
    use shared::messages::MessageKind;
    use std::collections::BTreeSet;

    #[test]
    fn every_setting_is_told_and_no_secret() {
        let secret = "geheim-33";
        let mut settings = Settings::default();
        for (name, value) in [
            ("database_url", format!("postgres://chengxi:{secret}@db/chengxi")),
            ("redis_url", format!("redis://:{secret}@redis/")),
            ("sms", "http".to_owned()),
            ("sms_url", format!("http://sms:{secret}@gateway/")),
            ("sms_secret", secret.to_owned()),
            ("sms_signature", "S".to_owned()),
            ("sms_templates", MessageKind::ALL.iter().map(|kind| format!("{kind}=T,")).collect()),
        ] {
            settings.values.insert(name.to_owned(), value);
        }
        let told = settings.check().unwrap().in_force();
        let names: BTreeSet<_> = told.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, NAMES.iter().copied().chain(sms::NAMES).collect::<BTreeSet<_>>());
        assert!(told.iter().all(|(_, value)| !value.contains(secret)), "{told:?}");
    }
}
