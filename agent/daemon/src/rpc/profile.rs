//! `agent.v1.Profile`

use agent_api::v1::{self, edit_profile_request::Edit, profile_server::Profile};
use agent_core::{
    matching,
    profile::{self as core, EditError, Edits, ProfileKey},
};
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{clock, handle::Handle, profile, variants};

pub(super) struct Service(pub(super) Handle);

impl Service {
    /// All CVs as they stand.
    async fn variants(&self) -> Result<Response<v1::ListVariantsResponse>, Status> {
        let all = variants::list(&self.0).await?.into_iter();
        let variants = all.map(convert::variant).collect();
        Ok(Response::new(v1::ListVariantsResponse { variants }))
    }

    /// The profile as it stands.
    async fn shown(&self) -> Result<Response<v1::ShowProfileResponse>, Status> {
        let read = self
            .0
            .store
            .read(|reader| Ok((reader.profile()?, reader.profile_revision()?)));
        let (current, revision) = read.await.map_err(of)?;
        let current = current.ok_or_else(profile::missing)?;
        let profile = current.profile.clone();
        let count = move || matching::skill_years(&profile, clock::this_month());
        let years = self.0.compute(count).await?;
        let profile_json = serde_json::to_string(&current.profile)
            .map_err(|error| Status::internal(error.to_string()))?;
        Ok(Response::new(v1::ShowProfileResponse {
            profile_json,
            revision,
            imported: Some(convert::time(current.imported_at)),
            skill_years: years.into_iter().map(convert::skill_years).collect(),
        }))
    }
}

/// Makes the edit that was asked for.
fn make(edit: Edit, edits: &mut Edits, profile: &core::Profile) -> Result<(), EditError> {
    match edit {
        Edit::SetValue(set) => edits.set(ProfileKey::of(&set.key)?, &set.value),
        Edit::SetLevel(set) => {
            // A number too large for a level is refused as one.
            let level = u8::try_from(set.level).unwrap_or(u8::MAX);
            edits.set_level(&set.skill, (level > 0).then_some(level))
        }
        Edit::PutProject(said) => edits.put_project(profile, convert::project(said)),
        Edit::RemoveProject(name) => edits.remove_project(&name),
        Edit::FeatureProject(set) => edits.feature(profile, &set.name, set.featured),
    }
}

#[tonic::async_trait]
impl Profile for Service {
    async fn import(
        &self,
        request: Request<v1::ImportRequest>,
    ) -> Result<Response<v1::ImportResponse>, Status> {
        let v1::ImportRequest { file_name, content } = request.into_inner();
        let imported = profile::import(&self.0, &file_name, content).await?;
        Ok(Response::new(convert::imported(imported)))
    }

    async fn show(
        &self,
        _: Request<v1::ShowProfileRequest>,
    ) -> Result<Response<v1::ShowProfileResponse>, Status> {
        self.shown().await
    }

    async fn edit(
        &self,
        request: Request<v1::EditProfileRequest>,
    ) -> Result<Response<v1::ShowProfileResponse>, Status> {
        let edit = request.into_inner().edit;
        let edit = edit.ok_or_else(|| Status::invalid_argument("there is no edit in it"))?;
        profile::edit(&self.0, move |edits, profile| make(edit, edits, profile)).await?;
        self.shown().await
    }

    async fn import_variant(
        &self,
        request: Request<v1::ImportVariantRequest>,
    ) -> Result<Response<v1::ImportVariantResponse>, Status> {
        let v1::ImportVariantRequest {
            name,
            file_name,
            content,
        } = request.into_inner();
        let kept = variants::import(&self.0, &name, &file_name, content).await?;
        Ok(Response::new(convert::kept_variant(kept)))
    }

    async fn list_variants(
        &self,
        _: Request<v1::ListVariantsRequest>,
    ) -> Result<Response<v1::ListVariantsResponse>, Status> {
        self.variants().await
    }

    async fn remove_variant(
        &self,
        request: Request<v1::RemoveVariantRequest>,
    ) -> Result<Response<v1::ListVariantsResponse>, Status> {
        variants::remove(&self.0, &request.into_inner().name).await?;
        self.variants().await
    }

    async fn set_alias(
        &self,
        request: Request<v1::SetAliasRequest>,
    ) -> Result<Response<v1::SetAliasResponse>, Status> {
        let v1::SetAliasRequest { alias, skill } = request.into_inner();
        let set = profile::edit_aliases(&self.0, move |edits, profile| {
            let (alias, skill) = edits.set_alias(profile, &alias, &skill)?;
            let kept = v1::SkillAlias {
                alias: alias.clone(),
                skill,
            };
            Ok((alias, kept))
        });
        let (alias, postings) = set.await?;
        Ok(Response::new(v1::SetAliasResponse {
            alias: Some(alias),
            postings,
        }))
    }

    async fn remove_alias(
        &self,
        request: Request<v1::RemoveAliasRequest>,
    ) -> Result<Response<v1::RemoveAliasResponse>, Status> {
        let alias = request.into_inner().alias;
        let remove = profile::edit_aliases(&self.0, move |edits, _| {
            Ok((edits.remove_alias(&alias)?, ()))
        });
        let ((), postings) = remove.await?;
        Ok(Response::new(v1::RemoveAliasResponse { postings }))
    }

    async fn list_aliases(
        &self,
        _: Request<v1::ListAliasesRequest>,
    ) -> Result<Response<v1::ListAliasesResponse>, Status> {
        let edits = self.0.store.read(|reader| reader.profile_edits());
        let edits = edits.await.map_err(of)?;
        let aliases = edits.aliases().iter();
        let aliases = aliases.map(|(alias, skill)| v1::SkillAlias {
            alias: alias.clone(),
            skill: skill.clone(),
        });
        Ok(Response::new(v1::ListAliasesResponse {
            aliases: aliases.collect(),
        }))
    }

    async fn get_preferences(
        &self,
        _: Request<v1::GetPreferencesRequest>,
    ) -> Result<Response<v1::Preferences>, Status> {
        let prefs = profile::preferences(&self.0).await?;
        Ok(Response::new(convert::preferences(&prefs)))
    }

    async fn set_preferences(
        &self,
        request: Request<v1::SetPreferencesRequest>,
    ) -> Result<Response<v1::Preferences>, Status> {
        let v1::SetPreferencesRequest {
            changes,
            check_only,
        } = request.into_inner();
        let changes = changes
            .into_iter()
            .map(|change| (change.key, change.values))
            .collect();
        let prefs = match check_only {
            true => profile::changed(&self.0, changes).await?,
            false => profile::change(&self.0, changes).await?,
        };
        Ok(Response::new(convert::preferences(&prefs)))
    }
}
