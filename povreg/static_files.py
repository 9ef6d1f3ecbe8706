"""Files for the browser, named by their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

#: `import { a } from "./b.js";`
_IMPORT = (
    r"""(?P<matched>import(?s:(?P<import>[\s\{].*?))\s*from\s*["'](?P<url>\./.*?)["'];)""",
    'import%(import)s from "%(url)s";',
)


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Our modules import each other by these names too: the browser keeps them for ever, and never
    runs an old one beside a new one after an upgrade. Modules of packages are left as they are:
    some import files that they do not bring."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (_IMPORT,)))
