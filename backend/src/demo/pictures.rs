//! The pictures of the demo's lessons: files beside them, named by their content in the province.

use crate::{
    access::{JobName, Permit},
    media::{self, AddPicture},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::learning::CourseContent;
use std::{fs, path::Path};

/// How the file of a picture ends.
const ENDING: &str = ".png";

/// Adds every picture that a lesson or the words about the course name by its file in `folder`, and names it by its content there.
pub(super) async fn place(cx: &Services, folder: &Path, content: &mut CourseContent) -> AppResult<()> {
    let lessons = content.modules.iter_mut().flat_map(|module| &mut module.units).map(|unit| &mut unit.body);
    for text in std::iter::once(&mut content.about.goals).chain(lessons) {
        for file in files_in(text) {
            let path = folder.join(&file);
            let bytes = fs::read(&path).map_err(|error| AppError::internal(format!("{}: {error}", path.display())))?;
            let permit = Permit::<AddPicture>::for_job(JobName::SeedDemo, file.clone());
            let picture = media::add(cx, &permit, bytes).await?;
            *text = text.replace(&format!("]({file})"), &format!("]({})", picture.path));
        }
    }
    Ok(())
}

/// The files of the pictures that a lesson names.
pub(super) fn files_in(markdown: &str) -> Vec<String> {
    let targets = markdown.split("](").skip(1).filter_map(|after| after.split(')').next());
    targets.filter(|target| target.ends_with(ENDING)).map(str::to_owned).collect()
}
