// httpx asks for loggers when it loads; none of them is ever switched on here.
'use strict';
module.exports = () => Object.assign(() => undefined, { enabled: false });
