//! Filling upper spaces, and which of them serves.

use rusqlite::params;

use super::{Embedded, Role, UpperSpace, digest};
use crate::{
    StoreError, VectorSpace, WriteTx,
    value::json,
    vectors::{Of, bytes},
};

impl WriteTx<'_> {
    /// Begins to fill a space, in place of the one filled before. What is in it
    /// already counts.
    pub fn begin_filling(&mut self, upper: &UpperSpace) -> Result<(), StoreError> {
        self.ensure_space(&upper.space)?;
        self.put_upper(Role::Filling, upper)
    }

    /// Keeps vectors of jobs in an upper space. Jobs that changed meanwhile stay
    /// due. When the space serves, the jobs are due for ranking.
    pub fn save_embedded(
        &mut self,
        space: &VectorSpace,
        embedded: &[Embedded],
    ) -> Result<(), StoreError> {
        let serves = self
            .upper_space(Role::Serving)?
            .is_some_and(|serving| serving.space == *space);
        for Embedded {
            of,
            vector,
            title_vector,
        } in embedded
        {
            let number = of.number.0;
            self.save_vector(space, Of::Jobs, number, vector)?;
            self.save_vector(space, Of::Titles, number, title_vector)?;
            self.run(
                "INSERT OR REPLACE INTO job_embeddings (job, space, revision, lexicon)
                 VALUES (?1, ?2, ?3, ?4)",
                params![number, space.key(), of.revision, of.lexicon],
            )?;
            if serves {
                // What was found in the job is another state of it: triggers queue it.
                self.run(
                    "UPDATE jobs SET enrichment = enrichment + 1 WHERE number = ?1",
                    [number],
                )?;
            }
        }
        Ok(())
    }

    /// Keeps vectors of the person's texts.
    pub fn save_text_vectors(
        &mut self,
        space: &VectorSpace,
        texts: &[(String, Vec<f32>)],
    ) -> Result<(), StoreError> {
        for (text, vector) in texts {
            self.run(
                "INSERT OR REPLACE INTO text_vectors (space, digest, vector) VALUES (?1, ?2, ?3)",
                params![space.key(), digest(text), bytes(vector)],
            )?;
        }
        Ok(())
    }

    /// Has an upper space serve, and forgets all spaces but it and `built_in`. All
    /// jobs are then due for ranking. Gives false, with nothing changed, when a job
    /// has no vectors in it yet.
    pub fn serve_upper(
        &mut self,
        upper: &UpperSpace,
        built_in: &VectorSpace,
    ) -> Result<bool, StoreError> {
        if !self.filled(&upper.space)?.is_full() {
            return Ok(false);
        }
        self.run("DELETE FROM upper_spaces", [])?;
        self.put_upper(Role::Serving, upper)?;
        self.keep_only_spaces(&[built_in, &upper.space])?;
        self.rank_anew()?;
        Ok(true)
    }

    /// Has the built-in space serve. What upper spaces hold stays: when their model
    /// is back, only what came meanwhile is missing.
    pub fn serve_built_in(&mut self) -> Result<(), StoreError> {
        if self.run("DELETE FROM upper_spaces WHERE role = 'serving'", [])? > 0 {
            self.rank_anew()?;
        }
        Ok(())
    }

    /// Gives up the space that was being filled.
    pub fn stop_filling(&mut self, built_in: &VectorSpace) -> Result<(), StoreError> {
        self.run("DELETE FROM upper_spaces WHERE role = 'filling'", [])?;
        match self.upper_space(Role::Serving)? {
            Some(serving) => self.keep_only_spaces(&[built_in, &serving.space]),
            None => self.keep_only_spaces(&[built_in]),
        }
    }

    /// Gives upper spaces up: only the built-in one is left.
    pub fn drop_upper(&mut self, built_in: &VectorSpace) -> Result<(), StoreError> {
        self.serve_built_in()?;
        self.run("DELETE FROM upper_spaces", [])?;
        self.keep_only_spaces(&[built_in])
    }

    fn put_upper(&mut self, role: Role, upper: &UpperSpace) -> Result<(), StoreError> {
        self.run(
            "INSERT OR REPLACE INTO upper_spaces (role, name, dims, model, digest, scales)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                role.name(),
                upper.space.name,
                upper.space.dims as i64,
                upper.model,
                upper.digest,
                json("scales", &upper.scales)?
            ],
        )?;
        Ok(())
    }

    /// Queues every open job: briefs hold directions of the space that served.
    fn rank_anew(&mut self) -> Result<(), StoreError> {
        self.run("DELETE FROM briefs", [])?;
        self.run("DELETE FROM verdicts", [])?;
        self.run(
            "INSERT OR REPLACE INTO rank_queue (job) SELECT number FROM jobs
             WHERE closed_at IS NULL",
            [],
        )?;
        Ok(())
    }
}
