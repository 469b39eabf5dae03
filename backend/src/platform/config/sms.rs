//! How text messages leave the system: not at all, into a file, or by a gateway.

use crate::platform::telemetry::Masked;
use shared::messages::MessageKind;
use std::{collections::BTreeMap, path::PathBuf};

/// The settings of text messages, by name.
pub(super) const NAMES: [&str; 6] = ["sms", "sms_file", "sms_url", "sms_secret", "sms_signature", "sms_templates"];

/// Who carries text messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsConfig {
    /// `CHENGXI_SMS_FILE`: one line of JSON a message is added to this file. For demo and development.
    File(PathBuf),
    /// A gateway that takes JSON.
    Http(SmsGateway),
}

/// A gateway of text messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsGateway {
    /// `CHENGXI_SMS_URL`: where messages are posted.
    pub url: String,
    /// `CHENGXI_SMS_SECRET`: what shows the gateway who posts.
    pub secret: Masked<String>,
    /// `CHENGXI_SMS_SIGNATURE`: the name in brackets before each message, as the gateway has registered it.
    pub signature: String,
    /// `CHENGXI_SMS_TEMPLATES`: what the gateway calls the template of each kind.
    pub templates: BTreeMap<MessageKind, String>,
}

/// The settings as they were written.
pub(super) struct Written {
    kind: String,
    file: String,
    url: String,
    secret: String,
    signature: String,
    templates: String,
}

impl Written {
    /// Takes them by `take`, which is given a name and what counts without it.
    pub(super) fn take(mut take: impl FnMut(&str, &str) -> String) -> Self {
        Self {
            kind: take("sms", ""),
            file: take("sms_file", "data/text-messages.jsonl"),
            url: take("sms_url", ""),
            secret: take("sms_secret", ""),
            signature: take("sms_signature", ""),
            templates: take("sms_templates", ""),
        }
    }

    /// Checks them; a demo writes a file unless it is told otherwise.
    pub(super) fn check(self, is_demo: bool, wrong: &mut Vec<String>) -> Option<SmsConfig> {
        match self.kind.as_str() {
            "" if is_demo => Some(SmsConfig::File(PathBuf::from(self.file))),
            "" | "off" => None,
            "file" => Some(SmsConfig::File(PathBuf::from(self.file))),
            "http" => Some(SmsConfig::Http(self.gateway(wrong))),
            other => {
                wrong.push(format!("sms: {other} is none of off, file and http"));
                None
            }
        }
    }

    fn gateway(self, wrong: &mut Vec<String>) -> SmsGateway {
        if !self.url.starts_with("http://") {
            wrong.push("sms_url: must begin with http://, and be an address in the server's own network".to_owned());
        }
        for (name, value) in [("sms_secret", &self.secret), ("sms_signature", &self.signature)] {
            if value.is_empty() {
                wrong.push(format!("{name}: is needed where sms is http"));
            }
        }
        let named: BTreeMap<&str, &str> =
            self.templates.split(',').filter_map(|pair| pair.trim().split_once('=')).collect();
        let mut templates = BTreeMap::new();
        for kind in MessageKind::ALL {
            match named.get(kind.as_str()).filter(|name| !name.is_empty()) {
                Some(name) => drop(templates.insert(*kind, (*name).to_owned())),
                None => wrong.push(format!("sms_templates: must name the template of {kind}, as {kind}=…")),
            }
        }
        SmsGateway { url: self.url, secret: Masked(self.secret), signature: self.signature, templates }
    }
}

#[cfg(test)]
mod tests {
    use super::{SmsConfig, Written};
    use shared::messages::MessageKind;
    use std::path::PathBuf;

    fn check(settings: &[(&str, &str)], is_demo: bool) -> (Option<SmsConfig>, Vec<String>) {
        let set = |name: &str| settings.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        let mut wrong = Vec::new();
        let written = Written::take(|name, default| set(name).unwrap_or_else(|| default.to_owned()));
        (written.check(is_demo, &mut wrong), wrong)
    }

    #[test]
    fn nothing_is_sent_unless_somebody_says_how_but_a_demo_writes_a_file() {
        assert_eq!(check(&[], false), (None, Vec::new()));
        let file = |path: &str| (Some(SmsConfig::File(PathBuf::from(path))), Vec::new());
        assert_eq!(check(&[], true), file("data/text-messages.jsonl"));
        assert_eq!(check(&[("sms", "off")], true), (None, Vec::new()));
        assert_eq!(check(&[("sms", "file"), ("sms_file", "x")], false), file("x"));
    }

    #[test]
    fn a_gateway_is_told_whole_and_its_secret_is_not_printed() {
        let (_, wrong) = check(&[("sms", "http"), ("sms_url", "ftp://x")], false);
        assert_eq!(wrong.len(), 3 + MessageKind::ALL.len(), "{wrong:?}");
        let templates: Vec<_> = MessageKind::ALL.iter().map(|kind| format!("{kind}=T-{kind}")).collect();
        let templates = templates.join(", ");
        let settings = [
            ("sms", "http"),
            ("sms_url", "http://10.0.0.9/texts"),
            ("sms_secret", "not-to-be-read"),
            ("sms_signature", "S"),
            ("sms_templates", templates.as_str()),
        ];
        let (config, wrong) = check(&settings, false);
        assert_eq!(wrong, Vec::<String>::new());
        assert!(!format!("{config:?}").contains("not-to-be-read"));
        let Some(SmsConfig::Http(gateway)) = config else { panic!("no gateway") };
        assert_eq!(gateway.templates[&MessageKind::MeetingMoved], "T-meeting_moved");
    }
}
