//! Text messages as lines of a file, for demo and development. Whoever may read the file reads codes: it is
//! its owner's alone.

use super::{OutgoingText, Sms, SmsFailure};
use actix_web::web::block;
use futures::future::LocalBoxFuture;
use serde_json::json;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Adds a line a message.
pub(super) struct FileSms {
    path: PathBuf,
}

impl FileSms {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl Sms for FileSms {
    fn send<'a>(&'a self, text: &'a OutgoingText) -> LocalBoxFuture<'a, Result<Option<String>, SmsFailure>> {
        Box::pin(async move {
            let line = json!({
                "id": text.id,
                "template": text.kind,
                "phone": text.phone.reveal(),
                "parameters": text.parameters,
                "text": text.text,
            });
            let path = self.path.clone();
            let written = block(move || append(&path, &format!("{line}\n"))).await;
            match written {
                Ok(Ok(())) => Ok(None),
                Ok(Err(error)) => Err(SmsFailure::Unreachable { reason: format!("the file: {}", error.kind()) }),
                Err(_) => Err(SmsFailure::Unreachable { reason: "the file was not written".to_owned() }),
            }
        })
    }
}

/// Adds a line in one piece; the file is made if it is missing, for its owner alone.
fn append(path: &Path, line: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // Also if somebody else made it.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(line.as_bytes())?;
    file.sync_data()
}
