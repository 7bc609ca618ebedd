/* ES5, and so read by every engine: those older than Chromium 94 cannot run the board, and are shown the simple page. */
(function () {
  var chrome = /Chrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent);
  var old = chrome ? Number(chrome[1]) < 94 : typeof Object.hasOwn !== 'function';
  if (old) location.replace('/tv/lite');
})();
