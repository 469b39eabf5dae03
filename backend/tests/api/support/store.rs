//! A fresh database for each test.

use super::{Cluster, canary};
use backend::platform::db::dialect;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use sea_orm_migration::MigratorTrait;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Mutex,
};

/// The file of an embedded store.
const DATABASE: &str = "test.sqlite";
/// The database that all others are copied from.
const TEMPLATE: &str = "chengxi_template";
/// Secrets of a test that its store is looked through for: each look takes its time.
const MOST_SECRETS: usize = 4;

/// Where a test's data lies. It is deleted with the value.
pub(crate) struct Store {
    url: String,
    /// The server and the name of a database that is deleted with the value.
    database: Option<(String, String)>,
    redis: Option<(String, String)>,
    folder: PathBuf,
    /// What lies nowhere in plain.
    secrets: Mutex<Vec<String>>,
}

impl Store {
    /// The embedded store, in a folder of its own.
    pub(crate) async fn sqlite() -> Self {
        let store = Self::bare_sqlite();
        if let Some(services) = setting("CHENGXI_TEST_FOLDER") {
            fs::copy(sqlite_template(Path::new(&services)).await, store.folder.join(DATABASE)).unwrap();
        }
        store
    }

    /// The embedded store before it has tables.
    pub(crate) fn bare_sqlite() -> Self {
        let folder = new_folder();
        Self {
            url: format!("sqlite://{}", folder.join(DATABASE).display()),
            database: None,
            redis: None,
            folder,
            secrets: Mutex::default(),
        }
    }

    /// An embedded store that is restored in a new place: from a copy of its file, and one of the folder of keys.
    pub(crate) fn restored(copy: &Path, keys: &Path) -> Self {
        let store = Self::bare_sqlite();
        fs::copy(copy, store.folder.join(DATABASE)).unwrap();
        copy_folder(keys, &store.folder.join("keys"));
        store
    }

    /// A database on the test cluster, and a key prefix on the test Redis.
    pub(crate) async fn postgres() -> Self {
        let folder = new_folder();
        let server = required("CHENGXI_TEST_POSTGRES_URL");
        let redis = required("CHENGXI_TEST_REDIS_URL");
        let name = format!("test_{}", folder.file_name().unwrap().to_str().unwrap().replace('-', "_"));
        let admin = Database::connect(format!("{server}/postgres")).await.unwrap();
        make_postgres_template(&server, &admin).await;
        admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await.unwrap();
        admin.close().await.unwrap();
        let (url, redis) = (format!("{server}/{name}"), Some((redis, format!("{name}:"))));
        Self { url, database: Some((server, name)), redis, folder, secrets: Mutex::default() }
    }

    /// An empty database on a cluster of the test's own.
    pub(crate) async fn on(cluster: &Cluster) -> Self {
        let folder = new_folder();
        let admin = Database::connect(cluster.url("postgres")).await.unwrap();
        admin.execute_unprepared("CREATE DATABASE chengxi").await.unwrap();
        Self {
            url: cluster.url("chengxi"),
            database: None,
            redis: Some((required("CHENGXI_TEST_REDIS_URL"), "crash:".to_owned())),
            folder,
            secrets: Mutex::default(),
        }
    }

    /// A secret of the test: it may not lie in the store in plain.
    pub(crate) fn keep_silent(&self, secret: &str) {
        let mut secrets = self.secrets.lock().unwrap();
        if secrets.len() < MOST_SECRETS {
            secrets.push(secret.to_owned());
        }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    pub(crate) fn redis(&self) -> Option<(String, String)> {
        self.redis.clone()
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Store {
    #[expect(clippy::disallowed_methods, reason = "it is waited for")]
    fn drop(&mut self) {
        let secrets = self.secrets.lock().map(|secrets| secrets.clone()).unwrap_or_default();
        for file in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
            let left = fs::read(self.folder.join(&file)).unwrap_or_default();
            canary::look_through("the store", &left, &secrets);
        }
        drop(fs::remove_dir_all(&self.folder));
        if let Some((server, name)) = self.database.take() {
            // The test's own runtime is busy with this very call.
            drop(std::thread::spawn(move || drop_database(&server, &name)).join());
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The embedded store that all others of this run are copied from, with its tables made.
async fn sqlite_template(services: &Path) -> PathBuf {
    let lock = File::create(services.join("sqlite.lock")).unwrap();
    lock.lock().unwrap();
    let template = services.join("template.sqlite");
    if !template.exists() {
        let unfinished = services.join("unfinished.sqlite");
        let conn = Database::connect(format!("sqlite://{}?mode=rwc", unfinished.display())).await.unwrap();
        migrations::Migrator::up(&conn, None).await.unwrap();
        conn.close().await.unwrap();
        fs::rename(unfinished, &template).unwrap();
    }
    template
}

/// Makes the database that all others of this run are copied from, with its tables, unless that was done.
async fn make_postgres_template(server: &str, admin: &DatabaseConnection) {
    let services = required("CHENGXI_TEST_FOLDER");
    let made = Path::new(&services).join("postgres.made");
    if made.exists() {
        return;
    }
    let lock = File::create(Path::new(&services).join("postgres.lock")).unwrap();
    lock.lock().unwrap();
    if made.exists() {
        return;
    }
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {TEMPLATE}")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {TEMPLATE}")).await.unwrap();
    let template = Database::connect(format!("{server}/{TEMPLATE}")).await.unwrap();
    migrations::Migrator::up(&template, None).await.unwrap();
    template.close().await.unwrap();
    File::create(made).unwrap();
}

/// A connection behind the system's back, for what no service does.
pub(crate) async fn behind(app: &super::TestApp) -> DatabaseConnection {
    Database::connect(dialect::options(&app.store.url())).await.unwrap()
}

/// A change of the store behind the system's back.
pub(crate) async fn execute(app: &super::TestApp, sql: &str) {
    let conn = behind(app).await;
    conn.execute_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    conn.close().await.unwrap();
}

/// Deletes a database; what still is connected to it is thrown out.
fn drop_database(server: &str, name: &str) {
    actix_web::rt::System::new().block_on(async {
        let admin = Database::connect(format!("{server}/postgres")).await.unwrap();
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    });
}

pub(super) fn required(name: &str) -> String {
    setting(name).unwrap_or_else(|| panic!("{name} is not set: run the tests by `make test`"))
}

#[expect(clippy::disallowed_methods, reason = "the test script names its services in the environment")]
pub(crate) fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whether everything is asked that a usual run asks a part of (docs/testing.md).
pub(crate) fn is_whole_run() -> bool {
    setting("CHENGXI_TEST_WHOLE").is_some()
}

#[expect(clippy::disallowed_methods, reason = "a name that no other test has")]
pub(super) fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chengxi-{}", uuid::Uuid::new_v4()));
    fs::create_dir_all(&folder).unwrap();
    folder
}
