//! Vector spaces: one set of `vec0` tables per embedding model and dimension.

use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::{Reader, StoreError, WriteTx, jobs::JobNumber};

/// An embedding model's space. Vectors of two spaces are never compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VectorSpace {
    /// Name of the model ("minilm-static-128").
    pub name: String,
    /// Length of its vectors.
    pub dims: usize,
}

/// One of the tables of a space.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Of {
    /// Whole descriptions, by job number.
    Jobs,
    /// Titles, by job number.
    Titles,
    /// Skill labels, by label number.
    Skills,
}

impl Of {
    const ALL: [Self; 3] = [Self::Jobs, Self::Titles, Self::Skills];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Titles => "titles",
            Self::Skills => "skills",
        }
    }
}

/// The common start of the table names of a space.
#[derive(Debug, Clone)]
pub(crate) struct Stem(String);

impl Stem {
    pub(crate) fn table(&self, of: Of) -> String {
        format!("{}_{}", self.0, of.suffix())
    }
}

impl VectorSpace {
    /// Name and dimension as one text.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}", self.name, self.dims)
    }

    /// A table name must be plain; the digest keeps apart what becomes alike.
    fn stem(&self) -> String {
        let plain: String = self
            .name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '_'
                }
            })
            .take(40)
            .collect();
        let digest = Sha256::digest(self.key().as_bytes());
        let mark: String = digest
            .iter()
            .take(4)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("vec_{plain}_{}_{mark}", self.dims)
    }

    fn fits(&self, vector: &[f32]) -> Result<(), StoreError> {
        if vector.len() == self.dims {
            return Ok(());
        }
        Err(StoreError::Dimensions {
            space: self.name.clone(),
            expected: self.dims,
            given: vector.len(),
        })
    }
}

impl WriteTx<'_> {
    /// Makes the tables of a space unless they are there.
    pub fn ensure_space(&mut self, space: &VectorSpace) -> Result<(), StoreError> {
        self.stem_made(space).map(drop)
    }

    /// Drops the vectors of every other space: they belong to models no longer used.
    pub fn keep_only_spaces(&mut self, spaces: &[&VectorSpace]) -> Result<(), StoreError> {
        let kept: Vec<String> = spaces.iter().map(|space| space.key()).collect();
        let all = self.all("SELECT key, stem FROM vector_spaces", [], |row| {
            Ok((row.get::<_, String>(0)?, Stem(row.get(1)?)))
        })?;
        for (key, stem) in all {
            if kept.contains(&key) {
                continue;
            }
            for of in Of::ALL {
                self.connection
                    .execute_batch(&format!("DROP TABLE {}", stem.table(of)))?;
            }
            self.run("DELETE FROM vector_spaces WHERE stem = ?1", [stem.0])?;
            self.run("DELETE FROM job_embeddings WHERE space = ?1", [&key])?;
            self.run("DELETE FROM text_vectors WHERE space = ?1", [&key])?;
        }
        Ok(())
    }

    /// Keeps the vectors of skill labels, in place of earlier ones.
    pub fn save_skill_vectors(
        &mut self,
        space: &VectorSpace,
        skills: &[(String, Vec<f32>)],
    ) -> Result<(), StoreError> {
        for (label, vector) in skills {
            self.run(
                "INSERT INTO skill_labels (label) VALUES (?1) ON CONFLICT DO NOTHING",
                [label],
            )?;
            let number =
                self.number("SELECT number FROM skill_labels WHERE label = ?1", [label])?;
            self.save_vector(space, Of::Skills, number, vector)?;
        }
        Ok(())
    }

    /// Puts a vector in place of the one with this number. A vector without a
    /// direction (zero, or not finite) has no cosine and is left out.
    pub(crate) fn save_vector(
        &mut self,
        space: &VectorSpace,
        of: Of,
        number: i64,
        vector: &[f32],
    ) -> Result<(), StoreError> {
        space.fits(vector)?;
        let table = self.stem_made(space)?.table(of);
        self.run(&format!("DELETE FROM {table} WHERE rowid = ?1"), [number])?;
        let length: f32 = vector.iter().map(|part| part * part).sum();
        if length.is_normal() {
            self.run(
                &format!("INSERT INTO {table} (rowid, embedding) VALUES (?1, ?2)"),
                params![number, bytes(vector)],
            )?;
        }
        Ok(())
    }

    fn stem_made(&mut self, space: &VectorSpace) -> Result<Stem, StoreError> {
        if let Some(stem) = self.stem(space)? {
            return Ok(stem);
        }
        let stem = Stem(space.stem());
        for of in Of::ALL {
            self.connection.execute_batch(&format!(
                "CREATE VIRTUAL TABLE {} USING vec0 (embedding float[{}] distance_metric=cosine)",
                stem.table(of),
                space.dims
            ))?;
        }
        self.run(
            "INSERT INTO vector_spaces (key, name, dims, stem) VALUES (?1, ?2, ?3, ?4)",
            params![space.key(), space.name, space.dims as i64, stem.0],
        )?;
        Ok(stem)
    }
}

impl Reader {
    /// How many skill labels have a vector in the space.
    pub fn skill_vectors_count(&self, space: &VectorSpace) -> Result<u32, StoreError> {
        match self.stem(space)? {
            Some(stem) => {
                let table = stem.table(Of::Skills);
                self.number(&format!("SELECT count(*) FROM {table}"), [])
            }
            None => Ok(0),
        }
    }

    /// Every skill label that has a vector in the space, in order, with it.
    pub fn skill_vectors(
        &self,
        space: &VectorSpace,
    ) -> Result<Vec<(String, Vec<f32>)>, StoreError> {
        let Some(stem) = self.stem(space)? else {
            return Ok(Vec::new());
        };
        let table = stem.table(Of::Skills);
        let sql = format!(
            "SELECT label, embedding FROM {table} JOIN skill_labels ON number = {table}.rowid
             ORDER BY label"
        );
        self.all(&sql, [], |row| {
            let bytes: Vec<u8> = row.get("embedding")?;
            Ok((row.get("label")?, numbers(&bytes)))
        })
    }

    /// The skill labels nearest to `vector`, nearest first, with their cosine
    /// similarity.
    pub fn nearest_skills(
        &self,
        space: &VectorSpace,
        vector: &[f32],
        limit: u32,
    ) -> Result<Vec<(String, f64)>, StoreError> {
        let mut skills = Vec::new();
        let Some(stem) = self.stem(space)? else {
            return Ok(skills);
        };
        for (number, distance) in self.nearest(space, &stem.table(Of::Skills), vector, limit, "")? {
            let label = self.value("SELECT label FROM skill_labels WHERE number = ?1", [number])?;
            skills.extend(label.map(|label| (label, 1.0 - distance)));
        }
        Ok(skills)
    }

    /// Vectors of a job's description and title in the space; `None` for one
    /// that was not saved or had no direction.
    pub(crate) fn job_vectors(
        &self,
        stem: &Stem,
        job: JobNumber,
    ) -> Result<[Option<Vec<f32>>; 2], StoreError> {
        let read = |of| {
            let table = stem.table(of);
            let sql = format!("SELECT embedding FROM {table} WHERE rowid = ?1");
            let found: Option<Vec<u8>> = self.value(&sql, [job.0])?;
            Ok::<_, StoreError>(found.map(|bytes| numbers(&bytes)))
        };
        Ok([read(Of::Jobs)?, read(Of::Titles)?])
    }

    /// Row ids and cosine distances of the nearest vectors, nearest first.
    /// `restriction` is SQL that narrows the rows, or empty.
    pub(crate) fn nearest(
        &self,
        space: &VectorSpace,
        table: &str,
        vector: &[f32],
        limit: u32,
        restriction: &str,
    ) -> Result<Vec<(i64, f64)>, StoreError> {
        space.fits(vector)?;
        let sql = format!(
            "SELECT rowid, distance FROM {table}
             WHERE embedding MATCH ?1 AND k = ?2 {restriction} ORDER BY distance"
        );
        // vec0 refuses a greater k.
        let k = limit.min(4096);
        let found = self.all(&sql, params![bytes(vector), k], |row| {
            // A query without a direction has no distance to anything.
            Ok((row.get(0)?, row.get::<_, Option<f64>>(1)?))
        })?;
        Ok(found
            .into_iter()
            .filter_map(|(number, distance)| Some((number, distance?)))
            .collect())
    }

    pub(crate) fn stem(&self, space: &VectorSpace) -> Result<Option<Stem>, StoreError> {
        let found = self.value(
            "SELECT stem FROM vector_spaces WHERE key = ?1",
            [space.key()],
        )?;
        Ok(found.map(Stem))
    }
}

/// A vector as vec0 takes it: 32-bit floats, least byte first.
pub(crate) fn bytes(vector: &[f32]) -> Vec<u8> {
    vector
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

pub(crate) fn numbers(bytes: &[u8]) -> Vec<f32> {
    let (parts, _) = bytes.as_chunks::<4>();
    parts.iter().map(|part| f32::from_le_bytes(*part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_have_plain_table_names_of_their_own() {
        let stem = |name: &str, dims| {
            VectorSpace {
                name: name.to_owned(),
                dims,
            }
            .stem()
        };
        let plain = stem("a; DROP TABLE jobs --/é", 8);
        assert!(
            plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "{plain}"
        );
        assert_ne!(stem("a b", 8), stem("a-b", 8));
        assert_ne!(stem("a", 8), stem("a", 16));
    }
}
