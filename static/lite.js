/*
 * ES5, for televisions that run a little: the simple page is loaded anew only when there is a server to load it from, so
 * that an hour without a network does not leave an error of the browser's, which never goes away by itself.
 */
(function () {
  function again() {
    var request = new XMLHttpRequest();
    request.onload = function () {
      if (request.status === 200) location.reload();
      else setTimeout(again, 5000);
    };
    request.onerror = request.ontimeout = function () {
      setTimeout(again, 5000);
    };
    request.open('GET', '/livez');
    request.timeout = 8000;
    request.send();
  }
  setTimeout(again, document.querySelector('[data-again]').getAttribute('data-again') * 1000);
})();
