"""Documents to articles: format, text, title, publication date, language, identity.

Belongs here: everything from the bytes of a document to one version of an article. Does not belong
here: where bytes come from (``ingest.sources``), what was known before (``ingest.landing``), facts
(``ingest.extract``).
"""

from ingest.articles.change import change_kind, is_other_article
from ingest.articles.draft import ArticleDraft, Rejection
from ingest.articles.read import read_document

__all__ = ["ArticleDraft", "Rejection", "change_kind", "is_other_article", "read_document"]
